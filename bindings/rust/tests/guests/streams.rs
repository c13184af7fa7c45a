//! What guests are granted by WASI.

use std::fs::{read, read_dir, File};
use std::io;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::{Arc, Mutex};

use wasm2obj::{Buffer, ErrorKind, Instance, Stream, Wasi};

use crate::{expect_error, instance, module, scratch};

fn make(wasi: &Wasi) -> Instance {
    Instance::new(&module("wasi"), wasi).unwrap()
}

/// Writes "made" to a descriptor, and returns the errno.
fn put(instance: &Instance, fd: i32) -> i32 {
    instance.call("put", (fd, 16, 4)).unwrap()
}

fn get(instance: &Instance) -> i32 {
    instance.call("get", ()).unwrap()
}

#[test]
fn arguments_variables_and_directories() {
    let out = Buffer::new(1000);
    let folder = scratch("granted");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    let mut wasi = Wasi::new();
    wasi.argument("a").unwrap().argument("ä").unwrap().variable("N", "1").unwrap();
    wasi.directory(&folder, "/w").unwrap().directory_to_read(&folder, "/r").unwrap();
    wasi.output_buffer(Stream::Stdout, &out).unwrap();
    expect_error(wasi.argument("a\0").map(|_| ()), ErrorKind::Use, "NUL");
    let instance = make(&wasi);
    for name in ["arguments", "variables"] {
        assert_eq!(instance.call::<_, i32>(name, ()).unwrap(), 0);
    }
    assert_eq!(instance.call::<_, i32>("directory", (4, 2)).unwrap(), 0);
    assert_eq!(out.text(), "a\0ä\0N=1\0/r");
    assert_ne!(instance.call::<_, i32>("make_directory", (4,)).unwrap(), 0);
    assert_eq!(read_dir(&folder).unwrap().count(), 0);
    assert_eq!(instance.call::<_, i32>("make_directory", (3,)).unwrap(), 0);
    assert_eq!(read_dir(&folder).unwrap().count(), 1);
    wasi.directory("/nonexistent", "/").unwrap();
    let result = Instance::new(&module("wasi"), &wasi);
    expect_error(result, ErrorKind::Use, "/nonexistent");
}

#[test]
fn a_command() {
    let (out, error) = (Buffer::new(1000), Buffer::new(1000));
    let mut wasi = Wasi::new();
    wasi.argument("x").unwrap().argument("y").unwrap().stdin_bytes("ab".repeat(100));
    wasi.output_buffer(Stream::Stdout, &out).unwrap();
    wasi.output_buffer(Stream::Stderr, &error).unwrap();
    assert_eq!(Instance::new(&module("guest"), &wasi).unwrap().run().unwrap(), 7);
    assert_eq!((out.text(), error.text()), ("ab".repeat(100), "2".to_owned()));
}

#[test]
fn clocks_and_random_numbers() {
    let mut wasi = Wasi::new();
    wasi.pin_clocks(1000, 1).pin_random(5);
    let guests = [(); 2].map(|()| Instance::new(&module("guest"), &wasi).unwrap());
    let [first, second] = guests.map(|guest| {
        let now = guest.call::<_, i64>("now", ()).unwrap();
        (now, guest.call::<_, i64>("random", ()).unwrap())
    });
    assert!((1000..=1001).contains(&first.0));
    assert_eq!(first, second);
}

#[test]
fn files() {
    let (path, log) = (scratch("out"), scratch("log"));
    let mut wasi = Wasi::new();
    wasi.stream(Stream::Stdout, File::create(&path).unwrap()).unwrap();
    wasi.trace(File::create(&log).unwrap()).unwrap();
    let instance = make(&wasi);
    drop(wasi);
    assert_eq!(put(&instance, 1), 0);
    assert_eq!(read(&path).unwrap(), b"made");
    assert!(String::from_utf8(read(&log).unwrap()).unwrap().contains("fd_write"));
    let mut wasi = Wasi::new();
    wasi.stream_file(Stream::Stdin, &path).unwrap().stream_file(Stream::Stdout, &log).unwrap();
    let instance = make(&wasi);
    assert_eq!(get(&instance), 4);
    assert_eq!(put(&instance, 1), 0);
    assert_eq!(read(&log).unwrap(), b"made");
}

#[test]
fn a_buffer_has_a_limit() {
    let out = Buffer::new(6);
    let mut wasi = Wasi::new();
    wasi.output_buffer(Stream::Stdout, &out).unwrap();
    let instance = make(&wasi);
    assert_eq!(put(&instance, 1), 0);
    assert_eq!(put(&instance, 1), 0); // of which a part is written
    assert_eq!(put(&instance, 1), 51); // the errno `nospc`
    assert_eq!(out.bytes(), b"madema");
}

#[test]
fn functions() {
    let written = Arc::new(Mutex::new(Vec::new()));
    let writing = written.clone();
    let mut wasi = Wasi::new();
    wasi.stdin_function(|into| {
        into[..5].copy_from_slice(b"input");
        Ok(5)
    });
    let write = move |from: &[u8]| {
        writing.lock().unwrap().extend_from_slice(from);
        Ok(from.len())
    };
    wasi.output_function(Stream::Stdout, write).unwrap();
    let mut instance = make(&wasi);
    assert_eq!(put(&instance, 1), 0);
    assert_eq!(get(&instance), 5);
    assert_eq!(written.lock().unwrap().as_slice(), b"made");
    assert_eq!(&instance.memory_mut().unwrap()[65536..65541], b"input");
    assert_eq!(Arc::strong_count(&written), 2);
    drop(wasi);
    drop(instance);
    assert_eq!(Arc::strong_count(&written), 1);
    let result = Wasi::new().output_function(Stream::Stdin, |_| Ok(1)).map(|_| ());
    expect_error(result, ErrorKind::Use, "no output");
}

#[test]
fn a_function_fails_with_an_errno() {
    const EIO: i32 = 29; // the errno `io` of WASI
    let mut wasi = Wasi::new();
    wasi.stdin_function(|into| Ok(into.len() + 1));
    wasi.output_function(Stream::Stdout, |_| Err(io::Error::from_raw_os_error(28))).unwrap();
    wasi.output_function(Stream::Stderr, |_| Ok(0)).unwrap();
    let instance = make(&wasi);
    assert_eq!(get(&instance), -EIO);
    assert_eq!(put(&instance, 1), 51);
    assert_eq!(put(&instance, 2), EIO);
}

#[test]
fn a_panic_of_a_function_goes_on_when_the_guest_returns() {
    let mut wasi = Wasi::new();
    wasi.output_function(Stream::Stdout, |_| panic!("in a stream")).unwrap();
    let instance = make(&wasi);
    let panic = catch_unwind(AssertUnwindSafe(|| put(&instance, 1))).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"in a stream"));
    instance.call::<_, ()>("nothing", ()).unwrap();
}

#[test]
fn nothing_is_granted_at_first() {
    let instance = instance("wasi");
    assert_eq!(get(&instance), 0);
    assert_eq!(put(&instance, 1), 0);
}
