//! References to objects of guests and to values of the program, and exceptions of guests.

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Arc;

use wasm2obj::{ErrorKind, Instance, Limits, Part, Ref, RefKind, Type, Value, Wasi};

use crate::{expect_error, instance, module};

/// Counts how often it is dropped.
struct Counted(Arc<AtomicU32>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn point<'a>(instance: &'a Instance, first: i32, host: Option<Ref<'a>>) -> Ref<'a> {
    instance.call::<_, Option<Ref>>("new_point", (first, host)).unwrap().unwrap()
}

#[test]
fn integers_and_null() {
    let instance = instance("references");
    let same = instance.typed::<(Option<Ref>,), Option<Ref>>("same_any").unwrap();
    assert!(same.call((None,)).unwrap().is_none());
    let result = same.call((Some(instance.i31(-5)),)).unwrap().unwrap();
    assert_eq!((result.kind(), result.i31(), result.len()), (RefKind::I31, Some(-5), 0));
    assert!(result == instance.i31(-5) && result != instance.i31(5));
    assert_eq!((result.host::<i32>(), result.string(), result.tag()), (None, None, None));
}

#[test]
fn structs() {
    let instance = instance("references");
    let made = point(&instance, 42, None);
    assert_eq!((made.kind(), made.len()), (RefKind::Struct, 10));
    assert!(matches!(made.get(0), Ok(Value::I32(42))));
    assert!(matches!(made.get(3), Ok(Value::F64(x)) if x == -2.5));
    assert!(matches!(made.get(8), Ok(Value::Ref(None))));
    assert_eq!(made.part(6).unwrap(), Part { kind: Type::I32, bytes: 2, is_mutable: true });
    made.set(1, &Value::I64(1 << 40)).unwrap();
    assert!(matches!(made.get(1), Ok(Value::I64(x)) if x == 1 << 40));
    made.set(7, &Value::Ref(Some(made.clone()))).unwrap();
    assert!(matches!(made.get(7), Ok(Value::Ref(Some(next))) if next == made));
    assert!(made != point(&instance, 42, None));
    expect_error(made.set(0, &Value::I32(1)), ErrorKind::Use, "immutable");
    expect_error(made.get(10), ErrorKind::Use, "10 is not less than 10");
}

#[test]
fn functions() {
    let instance = instance("references");
    let add = instance.call::<_, Option<Ref>>("add_of", ()).unwrap().unwrap();
    let add = add.into_function().unwrap().typed::<(i32, i32), i32>().unwrap();
    assert_eq!(add.call((40, 2)).unwrap(), 42);
    let result = point(&instance, 1, None).into_function();
    expect_error(result.map(|_| ()), ErrorKind::Use, "not to a function");
}

#[test]
fn strings() {
    let instance = instance("references");
    let texts = (instance.string("a\0ä").ok(), instance.string("😀").ok());
    let result = instance.call::<_, Option<Ref>>("concat", texts).unwrap().unwrap();
    assert_eq!(result.string().unwrap(), "a\0ä😀");
    assert_eq!(instance.string("").unwrap().string().unwrap(), "");
}

#[test]
fn exceptions() {
    let instance = instance("references");
    let result = instance.call::<_, ()>("throw", (-9, Some(instance.i31(3))));
    expect_error(result, ErrorKind::Exception, "failure (i32 -9");
    let exception = instance.take_exception().unwrap();
    assert!(instance.take_exception().is_none());
    assert_eq!((exception.tag().unwrap().as_str(), exception.len()), ("failure", 5));
    assert!(matches!(exception.get(3), Ok(Value::Ref(Some(x))) if x.i31() == Some(3)));
    let result = instance.call::<_, ()>("throw_again", (Some(exception.clone()),));
    expect_error(result, ErrorKind::Exception, "failure");
    assert!(instance.take_exception().unwrap() == exception);
    let result = Instance::new(&module("throws_at_start"), &Wasi::new());
    expect_error(result, ErrorKind::Exception, "failure (i32 5)");
}

#[test]
fn a_reference_of_another_instance_is_refused() {
    let (first, second) = (instance("references"), instance("references"));
    let function = first.function("same_any").unwrap();
    let result = function.call(&[Value::Ref(second.host(1).ok())]);
    expect_error(result, ErrorKind::Use, "of another instance");
}

#[test]
fn values_of_the_program_live_as_long_as_their_references() {
    let instance = instance("references");
    let drops = Arc::new(AtomicU32::new(0));
    let keep = instance.typed::<(Option<Ref>,), ()>("keep").unwrap();
    keep.call((instance.host(Counted(drops.clone())).ok(),)).unwrap();
    instance.collect().unwrap();
    let kept = instance.call::<_, Option<Ref>>("kept", ()).unwrap().unwrap();
    assert!(kept.host::<i32>().is_none());
    assert!(Arc::ptr_eq(&kept.host::<Counted>().unwrap().0, &drops));
    drop(kept);
    assert_eq!(drops.load(Ordering::Relaxed), 0);
    keep.call((None,)).unwrap();
    instance.collect().unwrap();
    assert_eq!(drops.load(Ordering::Relaxed), 1);
    instance.host(Counted(drops.clone())).unwrap();
    drop(instance);
    assert_eq!(drops.load(Ordering::Relaxed), 2);
}

#[test]
fn a_panic_of_a_value_goes_on_when_the_guest_returns() {
    struct Panicking;
    impl Drop for Panicking {
        fn drop(&mut self) {
            panic!("while it is dropped");
        }
    }
    let instance = instance("references");
    drop(instance.host(Panicking).unwrap());
    let panic = catch_unwind(AssertUnwindSafe(|| instance.collect())).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"while it is dropped"));
    instance.collect().unwrap();
}

#[test]
fn a_heap_has_a_limit() {
    let limits = Limits { heap_bytes: Some(1 << 20), ..Limits::default() };
    let instance = Instance::limited(&module("references"), &Wasi::new(), &limits).unwrap();
    let result = instance.call::<_, Option<Ref>>("new_bytes", (0, 2 << 20));
    expect_error(result, ErrorKind::Trap, "");
}
