//! Instances that import from each other, and accounts.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use wasm2obj::{
    Account, ErrorKind, Instance, Limits, Linker, Ref, SharedMemory, Store, Value, Wasi,
};

use crate::{expect_error, module};

/// Returns an instance, and one that imports from it.
fn linked(store: &Store) -> (&Instance, &Instance) {
    let mut linker = Linker::in_store(store);
    let provider = linker.instantiate(&module("provider"), &Wasi::new()).unwrap();
    linker.define_instance("provider", provider).unwrap();
    (provider, linker.instantiate(&module("consumer"), &Wasi::new()).unwrap())
}

fn counted(instance: &Instance) -> i32 {
    instance.call("count", ()).unwrap()
}

#[test]
fn all_kinds_of_objects_are_shared() {
    let store = Store::new(&Limits::default());
    let (provider, consumer) = linked(&store);
    assert_eq!((counted(consumer), counted(provider)), (2, 2));
    provider.global("counter").unwrap().set(&Value::I32(20)).unwrap();
    assert_eq!(consumer.call::<_, i32>("counter", ()).unwrap(), 20);
    provider.memory().unwrap()[5].set(2);
    assert_eq!(consumer.call::<_, i32>("load", (4,)).unwrap(), 0x200);
    assert_eq!(consumer.call::<_, i32>("grow", ()).unwrap(), 1);
    assert_eq!(provider.memory().unwrap().len(), 2 << 16);
    assert_eq!(consumer.call::<_, i32>("catch", (7,)).unwrap(), 7);
    let text = consumer.host("text".to_owned()).unwrap();
    provider.table("table").unwrap().set(1, Some(&text)).unwrap();
    assert_eq!(consumer.call::<_, Option<Ref>>("get", (1,)).unwrap(), Some(text));
    let count = provider.function("count").unwrap().into_ref();
    provider.table("functions").unwrap().set(0, Some(&count)).unwrap();
    assert_eq!(consumer.call::<_, i32>("callFirst", ()).unwrap(), 21);
}

#[test]
fn errors_pass_instances() {
    let store = Store::new(&Limits::default());
    let (provider, consumer) = linked(&store);
    expect_error(consumer.call::<_, ()>("throw", (5,)), ErrorKind::Exception, "");
    let exception = consumer.take_exception().unwrap();
    assert!(provider.tag("tag").unwrap().is_of(&exception));
    let trap = consumer.call::<_, ()>("trap", ()).unwrap_err();
    assert_eq!((trap.kind(), trap.backtrace().count()), (ErrorKind::Trap, 2));
    consumer.limit_time(Some(Duration::from_millis(50)));
    expect_error(provider.call::<_, ()>("spin", ()), ErrorKind::Interrupted, "");
    expect_error(consumer.call::<_, i32>("counter", ()), ErrorKind::Interrupted, "");
}

#[test]
fn single_items_are_defined() {
    let store = Store::new(&Limits::default());
    let mut linker = Linker::in_store(&store);
    let provider = linker.instantiate(&module("provider"), &Wasi::new()).unwrap();
    for name in ["trap", "spin", "throw"] {
        let function = provider.function(name).unwrap().into_ref();
        linker.define_function("provider", name, &function).unwrap();
    }
    linker.define_tag("provider", "tag", &provider.tag("tag").unwrap()).unwrap();
    let memory = store.memory(1, Some(3)).unwrap();
    linker.define_memory("provider", "memory", &memory).unwrap();
    let table = store.table('x', 1, None, None).unwrap();
    linker.define_table("provider", "table", &table).unwrap();
    let throw = provider.function("throw").unwrap().into_ref();
    let functions = store.table('c', 1, Some(1), Some(&throw)).unwrap();
    linker.define_table("provider", "functions", &functions).unwrap();
    let counter = store.global('i', true, &Value::I32(5)).unwrap();
    linker.define_global("provider", "counter", &counter).unwrap();
    linker.define("provider", "count", |_, ()| Ok(50)).unwrap();
    let consumer = linker.instantiate(&module("consumer"), &Wasi::new()).unwrap();
    assert_eq!(counted(consumer), 100);
    assert_eq!(consumer.call::<_, i32>("counter", ()).unwrap(), 5);
    memory.cells()[8].set(9);
    assert_eq!(consumer.call::<_, i32>("load", (8,)).unwrap(), 9);
    table.set(0, Some(&provider.string("text").unwrap())).unwrap();
    let text = consumer.call::<_, Option<Ref>>("get", (0,)).unwrap().unwrap();
    assert_eq!(text.string().as_deref(), Some("text"));
    assert_eq!(memory.kind().unwrap().text, "memory (min 1, max 3)");

    // The table is of the store, and so is the exception of a function in it.
    let throw = functions.get(0).unwrap().unwrap().into_function().unwrap();
    expect_error(throw.call(&[Value::I32(4)]), ErrorKind::Exception, "");
    let exception = store.take_exception().unwrap();
    assert!(matches!(exception.get(0).unwrap(), Value::I32(4)));
    let pair = store.tag("(iI)").unwrap().exception(&[Value::I32(1), Value::I64(2)]).unwrap();
    assert_eq!(pair.len(), 2);
    let constant = store.global('F', false, &Value::F64(1.5)).unwrap();
    expect_error(constant.set(&Value::F64(1.0)), ErrorKind::Use, "immutable");
    expect_error(store.table('ü', 1, None, None), ErrorKind::Use, "is no type");
}

#[test]
fn stores_are_separate() {
    let (one, other) = (Store::new(&Limits::default()), Store::new(&Limits::default()));
    let (provider, _) = linked(&one);
    let mut linker = Linker::in_store(&other);
    expect_error(linker.define_instance("provider", provider), ErrorKind::Use, "of another store");
    let memory = one.memory(1, None).unwrap();
    expect_error(linker.define_memory("a", "b", &memory), ErrorKind::Use, "of another store");
    let alone = Instance::new(&module("provider"), &Wasi::new()).unwrap();
    expect_error(linker.define_instance("a", &alone), ErrorKind::Use, "of another store");
    let text = provider.string("text").unwrap();
    let (provider, _) = linked(&other);
    let set = provider.table("table").unwrap().set(0, Some(&text));
    expect_error(set, ErrorKind::Use, "another");
}

/// Counts how many of it there are.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Counted {
        count.fetch_add(1, Ordering::SeqCst);
        Counted(count.clone())
    }

    fn number(&self) -> i32 {
        self.0.load(Ordering::SeqCst) as i32
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[test]
fn a_store_may_be_sent_and_nothing_leaks() {
    let count = Arc::new(AtomicUsize::new(0));
    let account = Account::new(&Limits { memory_bytes: Some(1 << 16), ..Limits::default() });
    let limits = Limits { account: Some(account), ..Limits::default() };
    for _ in 0..20 {
        let store = Store::new(&limits);
        let (provider, consumer) = linked(&store);
        let value = consumer.host(Counted::new(&count)).unwrap();
        provider.table("table").unwrap().set(0, Some(&value)).unwrap();
        drop(value);
        assert_eq!(count.load(Ordering::SeqCst), 1);
        let kept = Counted::new(&count);
        thread::spawn(move || {
            let mut linker = Linker::in_store(&store);
            linker.trap_unknown();
            linker.define("host", "act", move |_, (_,): (i32,)| Ok(kept.number())).unwrap();
            let limited = linker.instantiate(&module("functions"), &Wasi::new());
            expect_error(limited, ErrorKind::Use, "exceed the limit of 65536");
        })
        .join()
        .unwrap();
        assert_eq!(count.load(Ordering::SeqCst), 0);
    }
}

#[test]
fn a_store_is_interrupted() {
    let store = Store::new(&Limits::default());
    let (provider, consumer) = linked(&store);
    let interrupter = store.interrupter();
    let other = thread::spawn(move || {
        thread::sleep(Duration::from_millis(50));
        interrupter.interrupt();
        interrupter
    });
    expect_error(consumer.call::<_, ()>("spin", ()), ErrorKind::Interrupted, "");
    expect_error(provider.call::<_, i32>("count", ()), ErrorKind::Interrupted, "");
    let interrupter = other.join().unwrap();
    drop(store);
    interrupter.interrupt();
}

#[test]
fn instances_have_the_limits_of_an_account_together() {
    let account = Account::new(&Limits { memory_bytes: Some(3 << 16), ..Limits::default() });
    let limits =
        Limits { memory_bytes: Some(2 << 16), account: Some(account), ..Limits::default() };
    let provider = || Instance::limited(&module("provider"), &Wasi::new(), &limits);
    let grow = |instance: &Instance| instance.memory_named("memory").unwrap().grow(1).is_ok();
    let (first, second) = (provider().unwrap(), provider().unwrap());
    assert!(grow(&first));
    assert!(!grow(&first));
    assert!(!grow(&second));
    expect_error(provider(), ErrorKind::Use, "exceed the limit");
    drop(first);
    assert!(grow(&second));

    let customer = Account::new(&limits);
    drop(second);
    let of_customer = Limits { account: Some(customer), ..Limits::default() };
    expect_error(SharedMemory::new(3, 3, &of_customer), ErrorKind::Use, "exceed the limit");
    let memory = SharedMemory::new(2, 2, &of_customer).unwrap();
    let store = Store::new(&of_customer);
    expect_error(store.memory(1, None), ErrorKind::Use, "exceed the limit");
    drop(memory);
    store.memory(1, None).unwrap();
}
