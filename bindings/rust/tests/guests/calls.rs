//! Calls, values, traps and what else ends a call; modules and limits.

use wasm2obj::{ErrorKind, Instance, Keys, Limits, Module, Type, Value, Wasi};

use crate::{compile, expect_error, instance, module};

#[test]
fn values_come_back() {
    let instance = instance("values");
    assert_eq!(instance.call::<_, i32>("add", (40, 2)).unwrap(), 42);
    assert_eq!(instance.call::<_, u32>("add", (u32::MAX, -1)).unwrap(), u32::MAX - 1);
    assert_eq!(instance.call::<_, u64>("same_i64", (u64::MAX,)).unwrap(), u64::MAX);
    assert_eq!(instance.call::<_, f32>("same_f32", (0.1f32,)).unwrap(), 0.1);
    assert_eq!(instance.call::<_, f64>("same_f64", (0.1,)).unwrap(), 0.1);
    let lanes: [u8; 16] = std::array::from_fn(|i| i as u8);
    assert_eq!(instance.call::<_, [u8; 16]>("same_v128", (lanes,)).unwrap(), lanes);
    assert_eq!(instance.call::<_, (i64, i32)>("swap", (1, 2i64)).unwrap(), (2, 1));
    instance.call::<_, ()>("with space", ()).unwrap();
}

#[test]
fn functions_have_types() {
    let instance = instance("values");
    let swap = instance.function("swap").unwrap();
    assert_eq!(swap.parameters(), [Type::I32, Type::I64]);
    assert_eq!(swap.results(), [Type::I64, Type::I32]);
    let results = swap.call(&[Value::I32(1), Value::I64(2)]).unwrap();
    assert!(matches!(results[..], [Value::I64(2), Value::I32(1)]));
    expect_error(swap.call(&[Value::I32(1)]), ErrorKind::Use, "arguments");
    expect_error(swap.call(&[Value::I32(1), Value::I32(2)]), ErrorKind::Use, "argument 1");
    let wrong = swap.typed::<(i32, i32), (i64, i32)>();
    expect_error(wrong, ErrorKind::Use, "[I32, I64] -> [I64, I32], not [I32, I32]");
    expect_error(instance.call::<_, ()>("add", (1, 2)), ErrorKind::Use, "-> []");
}

#[test]
fn unknown_names_are_refused() {
    let instance = instance("values");
    expect_error(instance.function("nothing"), ErrorKind::Use, "no function 'nothing'");
    expect_error(instance.function("add\0"), ErrorKind::Use, "NUL");
    expect_error(instance.run(), ErrorKind::Use, "_start");
}

#[test]
fn a_trap_has_a_backtrace() {
    let instance = instance("values");
    let error = instance.call::<_, ()>("trap", ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Trap);
    assert!(error.message().contains("unreachable"));
    let frames: Vec<&str> = error.backtrace().collect();
    assert!(frames[0].contains("$inner") && frames[1].contains("$trap"), "{frames:?}");
    assert_eq!(instance.call::<_, i32>("add", (40, 2)).unwrap(), 42);
}

#[test]
fn an_exit_has_a_status() {
    let result = instance("wasi").call::<_, ()>("exit", (7,));
    expect_error(result, ErrorKind::Exit(7), "");
}

#[test]
fn errors_outlive_instances_and_may_be_sent() {
    fn is_free<T: std::error::Error + Send + Sync + 'static>(_: &T) {}
    let error = instance("values").call::<_, ()>("trap", ()).unwrap_err();
    is_free(&error);
}

#[test]
fn what_is_no_module_is_refused() {
    expect_error(Module::open("/nonexistent"), ErrorKind::Use, "/nonexistent");
    expect_error(Module::from_bytes(b"\0asm"), ErrorKind::Use, "");
}

#[test]
fn an_unsigned_module_is_refused_if_it_must_be_signed() {
    let mut keys = Keys::new();
    let bytes = compile("values");
    expect_error(Module::from_signed_bytes(&bytes, &keys), ErrorKind::Use, "no keys");
    expect_error(Module::open_signed("/nonexistent", &keys), ErrorKind::Use, "no keys");
    expect_error(keys.add("not a key"), ErrorKind::Use, "");
    expect_error(keys.add_file("/nonexistent"), ErrorKind::Use, "/nonexistent");
}

#[test]
fn a_pool_gives_new_memories() {
    let module = module("wasi");
    module.set_pool(1);
    for _ in 0..3 {
        let mut instance = Instance::new(&module, &Wasi::new()).unwrap();
        let memory = instance.memory_mut().unwrap();
        assert_eq!(memory[100], 0);
        memory[100] = 1;
    }
    module.set_pool(0);
}

#[test]
fn limits_hold() {
    let limits = Limits { memory_bytes: Some(3 << 16), ..Limits::default() };
    let instance = Instance::limited(&module("wasi"), &Wasi::new(), &limits).unwrap();
    assert_eq!(instance.call::<_, i32>("grow", (1,)).unwrap(), 2);
    assert_eq!(instance.call::<_, i32>("grow", (1,)).unwrap(), -1);
    let limits = Limits { memory_bytes: Some(1), ..Limits::default() };
    let result = Instance::limited(&module("wasi"), &Wasi::new(), &limits);
    expect_error(result, ErrorKind::Use, "memor");
}
