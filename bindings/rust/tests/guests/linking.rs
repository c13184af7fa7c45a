//! Functions of the program that guests import, exported objects, and what modules tell.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::{panic, thread};

use wasm2obj::{
    Buffer, Caller, Error, ErrorKind, ExternKind, Instance, Limits, Linker, Ref, Stream,
};
use wasm2obj::{Value, Wasi};

use crate::{expect_error, module};

/// What the function `act` does, by its argument.
fn act(caller: &Caller<'_>, what: i32) -> Result<i32, Error> {
    let instance = caller.instance();
    match what {
        1 => Err(Error::trap("the program says no")),
        2 => Err(Error::exit(5)),
        3 => panic::panic_any("a panic"),
        4 => {
            let exception = instance.tag("tag")?.exception(&[Value::I32(42)])?;
            caller.throw(&exception)?;
            Ok(0)
        }
        5 => instance.call("act", (4,)), // the exception of another call
        6 => instance.call("act", (1,)),
        _ => Ok(instance.memory().unwrap()[16].get() as i32),
    }
}

fn linker() -> Linker {
    let mut linker = Linker::new();
    linker.define("host", "add", |_, (a, b): (i32, i64)| Ok(a as i64 + b)).unwrap();
    linker
        .define_any("host", "swap", None, |_, arguments| match arguments {
            [Value::F32(number), Value::Ref(reference)] => {
                Ok(vec![Value::Ref(reference.clone()), Value::F32(*number)])
            }
            _ => unreachable!(),
        })
        .unwrap();
    linker
        .define("host", "log", |caller, (at, size): (u32, u32)| {
            let memory = caller.instance().memory().unwrap();
            for cell in &memory[at as usize..(at + size) as usize] {
                cell.set(cell.get().to_ascii_uppercase());
            }
            Ok(())
        })
        .unwrap();
    linker.define("host", "act", |caller, (what,): (i32,)| act(caller, what)).unwrap();
    linker
}

fn guest() -> Instance {
    linker().instantiate(&module("functions"), &Wasi::new(), &Limits::default()).unwrap()
}

#[test]
fn values_are_passed() {
    let guest = guest();
    assert_eq!(guest.call::<_, i64>("add", (-1, 1i64 << 40)).unwrap(), (1 << 40) - 1);
    let object = guest.host("object").unwrap();
    let (reference, number): (Option<Ref>, f32) =
        guest.call("swap", (1.5f32, Some(object.clone()))).unwrap();
    assert_eq!((reference, number), (Some(object), 1.5));
    guest.call::<_, ()>("greet", ()).unwrap();
    let memory = guest.memory().unwrap();
    assert_eq!(memory[16..21].iter().map(|cell| cell.get()).collect::<Vec<_>>(), b"HELLO");
}

#[test]
fn errors_end_the_call_and_come_back() {
    let guest = guest();
    let call = |what: i32| guest.call::<_, i32>("act", (what,));
    assert_eq!(call(0).unwrap(), b'h' as i32);
    expect_error(call(1), ErrorKind::Trap, "the program says no");
    expect_error(call(2), ErrorKind::Exit(5), "");
    let caught = panic::catch_unwind(panic::AssertUnwindSafe(|| call(3).is_ok()));
    assert_eq!(*caught.unwrap_err().downcast::<&str>().unwrap(), "a panic");
    expect_error(call(4), ErrorKind::Exception, "");
    let exception = guest.take_exception().unwrap();
    assert!(guest.tag("tag").unwrap().is_of(&exception));
    assert!(matches!(exception.get(0).unwrap(), Value::I32(42)));
    assert_eq!(guest.call::<_, i32>("catch", (4,)).unwrap(), 42);
    assert_eq!(guest.call::<_, i32>("catch", (5,)).unwrap(), 42);
    assert_eq!(guest.call::<_, i32>("catch", (0,)).unwrap(), 1000 + b'h' as i32);
    expect_error(call(6), ErrorKind::Trap, "the program says no");
}

#[test]
fn imports_are_checked() {
    let prepare = |linker: &Linker| {
        linker.prepare(&module("functions"), &Wasi::new(), &Limits::default()).map(|_| ())
    };
    expect_error(prepare(&Linker::new()), ErrorKind::Use, "unknown import host.add");
    let mut wrong = linker();
    wrong.define("host", "add", |_, (): ()| Ok(1.5)).unwrap();
    expect_error(prepare(&wrong), ErrorKind::Use, "found function [] -> [f64]");
    let defined = wrong.define_any("host", "add", Some("(y)"), |_, _| Ok(vec![]));
    expect_error(defined, ErrorKind::Use, "has the letter 'y'");
    wrong.define_any("host", "add", None, |_, _| Ok(vec![])).unwrap();
    let guest = wrong.instantiate(&module("functions"), &Wasi::new(), &Limits::default()).unwrap();
    let call = guest.call::<_, i64>("add", (1, 2i64));
    expect_error(call, ErrorKind::Trap, "returned 0 results, not 1");
    wrong.define_any("host", "add", None, |_, _| Ok(vec![Value::I32(1)])).unwrap();
    let guest = wrong.instantiate(&module("functions"), &Wasi::new(), &Limits::default()).unwrap();
    expect_error(guest.call::<_, i64>("add", (1, 2i64)), ErrorKind::Trap, "does not fit");
    let mut unknown = Linker::new();
    unknown.trap_unknown();
    let guest =
        unknown.instantiate(&module("functions"), &Wasi::new(), &Limits::default()).unwrap();
    let call = guest.call::<_, i64>("add", (1, 2i64));
    expect_error(call, ErrorKind::Trap, "unknown import host.add was called");
}

/// Counts how many of it have been dropped.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn functions_live_as_long_as_they_are_needed() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let mut linker = linker();
    for _ in 0..2 {
        let counted = Counted(dropped.clone());
        linker
            .define("host", "act", move |_, (what,): (i32,)| {
                Ok(what + counted.0.load(Ordering::SeqCst) as i32)
            })
            .unwrap();
    }
    assert_eq!(dropped.load(Ordering::SeqCst), 1);
    let prepared = linker.prepare(&module("functions"), &Wasi::new(), &Limits::default()).unwrap();
    drop(linker);
    let guest = prepared.instantiate().unwrap();
    drop(prepared);
    assert_eq!(guest.call::<_, i32>("act", (5,)).unwrap(), 6);
    drop(guest);
    assert_eq!(dropped.load(Ordering::SeqCst), 2);
}

#[test]
fn prepared_modules_make_instances_in_threads() {
    let prepared =
        linker().prepare(&module("functions"), &Wasi::new(), &Limits::default()).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for i in 0..20i64 {
                    let guest = prepared.instantiate().unwrap();
                    assert_eq!(guest.call::<_, i64>("add", (1, i)).unwrap(), i + 1);
                }
            });
        }
    });
    let out = Buffer::new(100);
    let mut wasi = Wasi::new();
    wasi.argument("a").unwrap().output_buffer(Stream::Stdout, &out).unwrap();
    let prepared = Linker::new().prepare(&module("wasi"), &wasi, &Limits::default()).unwrap();
    for _ in 0..2 {
        prepared.instantiate().unwrap().call::<_, i32>("arguments", ()).unwrap();
    }
    assert_eq!(out.text(), "a\0a\0");
}

#[test]
fn exported_objects_are_used() {
    let guest = guest();
    let counter = guest.global("counter").unwrap();
    counter.set(&Value::I32(41)).unwrap();
    assert_eq!(guest.call::<_, i32>("count", ()).unwrap(), 42);
    assert!(matches!(counter.get().unwrap(), Value::I32(42)));
    assert!(counter.kind().unwrap().is_mutable);
    let constant = guest.global("constant").unwrap();
    expect_error(constant.set(&Value::F64(1.0)), ErrorKind::Use, "immutable");
    expect_error(guest.global("table"), ErrorKind::Use, "no global 'table' is exported");

    let table = guest.table("table").unwrap();
    let object = guest.host(7).unwrap();
    table.set(1, Some(&object)).unwrap();
    assert!(table.get(0).unwrap().is_none());
    assert_eq!(table.get(1).unwrap(), Some(object.clone()));
    assert_eq!(table.grow(2, Some(&object)).unwrap(), 2);
    assert_eq!((table.len(), table.kind().unwrap().maximum), (4, Some(5)));
    expect_error(table.get(4), ErrorKind::Use, "element 4");
    expect_error(table.grow(2, None), ErrorKind::Use, "cannot grow");

    let memory = guest.memory_named("memory").unwrap();
    memory.cells()[0].set(3);
    assert_eq!(guest.memory().unwrap()[0].get(), 3);
    assert_eq!(memory.grow(1).unwrap(), 1);
    assert_eq!(memory.cells().len(), 2 << 16);
    assert!(guest.memory_named("other").unwrap().kind().unwrap().is_64);
}

#[test]
fn a_module_tells_its_types() {
    let module = module("functions");
    let imports = module.imports();
    assert_eq!((imports[0].module.as_str(), imports[0].name.as_str()), ("host", "add"));
    assert_eq!(imports[1].kind.function.as_deref(), Some("(fx)xf"));
    let exports = module.exports();
    let find = |name| &exports.iter().find(|export| export.name == name).unwrap().kind;
    assert_eq!((find("memory").minimum, find("memory").maximum), (1, Some(3)));
    assert_eq!((find("constant").kind, find("constant").value), (ExternKind::Global, Some('F')));
    assert_eq!(find("table").text, "table (min 2, max 5) of externref");
    let facts = module.facts();
    assert_eq!((facts.name.as_str(), facts.has_start), ("functions", false));
    assert!(facts.code_size > 0 && !facts.cpu.is_empty());
}
