//! Several threads: one at a time has an instance, and any may interrupt it.

use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

use wasm2obj::{
    Buffer, Error, ErrorKind, Instance, Interrupter, Keys, Limits, Linker, Module, Ref, Stream,
    Value, Wasi,
};

use crate::{expect_error, instance, module};

#[test]
fn types_are_sent_and_shared_as_the_c_interface_allows() {
    fn is_sent<T: Send>() {}
    fn is_shared<T: Sync>() {}
    is_sent::<Instance>();
    is_sent::<Module>();
    is_shared::<Module>();
    is_sent::<Wasi>();
    is_shared::<Wasi>();
    is_shared::<Keys>();
    is_shared::<Interrupter>();
    is_shared::<Buffer>();
}

#[test]
fn waiting_is_interrupted() {
    let (reader, _writer) = UnixStream::pair().unwrap();
    let mut wasi = Wasi::new();
    wasi.stream(Stream::Stdin, reader).unwrap();
    let instance = Instance::new(&module("wasi"), &wasi).unwrap();
    let interrupter = instance.interrupter();
    let other = thread::spawn(move || {
        interrupter.interrupt();
        interrupter
    });
    expect_error(instance.call::<_, i32>("get", ()), ErrorKind::Interrupted, "interrupt");
    drop(instance);
    other.join().unwrap().interrupt();
}

#[test]
fn computing_is_interrupted() {
    let instance = instance("values");
    let interrupter = instance.interrupter();
    let other = thread::spawn(move || {
        thread::sleep(Duration::from_millis(20));
        interrupter.interrupt();
    });
    expect_error(instance.call::<_, ()>("loop", ()), ErrorKind::Interrupted, "interrupted");
    expect_error(instance.call::<_, i32>("add", (1, 2)), ErrorKind::Interrupted, "interrupted");
    other.join().unwrap();
}

#[test]
fn a_call_consumes_its_fuel() {
    let instance = instance("values");
    assert_eq!(instance.fuel(), i64::MAX as u64);
    instance.set_fuel(1000).unwrap();
    assert_eq!(instance.call::<_, i32>("add", (1, 2)).unwrap(), 3);
    assert_eq!(instance.fuel(), 1000 - 4);
    expect_error(instance.call::<_, ()>("loop", ()), ErrorKind::OutOfFuel, "all fuel consumed");
    assert_eq!(instance.fuel(), 0);
}

#[test]
fn a_call_reaches_its_time_limit() {
    let instance = instance("values");
    instance.limit_time(Some(Duration::from_nanos(0)));
    instance.limit_time(None);
    instance.limit_time(Some(Duration::from_millis(500)));
    assert_eq!(instance.call::<_, i32>("add", (1, 2)).unwrap(), 3);
    expect_error(instance.call::<_, ()>("loop", ()), ErrorKind::Interrupted, "interrupted");
}

#[test]
fn instantiation_has_a_time_limit() {
    let limits = Limits { call_time: Some(Duration::from_millis(20)), ..Limits::default() };
    let expect_interrupted =
        |result: Result<Instance, Error>| expect_error(result, ErrorKind::Interrupted, "interrupt");
    for name in ["endless_start", "endless_initialize"] {
        let module = module(name);
        expect_interrupted(Instance::limited(&module, &Wasi::new(), &limits));
        expect_interrupted(Linker::new().instantiate(&module, &Wasi::new(), &limits));
    }
    let instance = Instance::limited(&module("values"), &Wasi::new(), &limits).unwrap();
    expect_error(instance.call::<_, ()>("loop", ()), ErrorKind::Interrupted, "interrupted");
}

#[test]
fn an_instance_is_sent() {
    let instance = instance("references");
    instance.call::<_, ()>("keep", (instance.host(5).ok(),)).unwrap();
    let instance = thread::spawn(move || {
        let kept = instance.call::<_, Option<Ref>>("kept", ()).unwrap().unwrap();
        assert_eq!(kept.host(), Some(&5));
        drop(kept);
        instance
    });
    instance.join().unwrap().collect().unwrap();
}

#[test]
fn instances_of_one_module_run_in_parallel() {
    let (module, wasi) = (module("references"), Wasi::new());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for i in 0..50 {
                    let instance = Instance::new(&module, &wasi).unwrap();
                    let host = instance.host(i).unwrap();
                    let point: Option<Ref> = instance.call("new_point", (i, Some(host))).unwrap();
                    let host = point.unwrap().get(8);
                    assert!(matches!(host, Ok(Value::Ref(Some(x))) if x.host() == Some(&i)));
                }
            });
        }
    });
}

#[test]
fn a_buffer_is_shared() {
    let out = Buffer::new(10_000);
    let mut wasi = Wasi::new();
    wasi.output_buffer(Stream::Stdout, &out).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let instance = Instance::new(&module("wasi"), &wasi).unwrap();
                for _ in 0..100 {
                    assert_eq!(instance.call::<_, i32>("put", (1, 16, 4)).unwrap(), 0);
                }
            });
        }
    });
    assert_eq!(out.text(), "made".repeat(400));
}
