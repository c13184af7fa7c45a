//! Memories that guests in several threads share.

use std::sync::atomic::Ordering::SeqCst;
use std::thread;
use std::time::Duration;

use wasm2obj::{ErrorKind, Instance, Limits, Linker, SharedMemory, Wait, Wasi};

use crate::{expect_error, instance, module};

const LOCK: u64 = 0;
const COUNTER: u64 = 4;
const READY: u64 = 8;
const THREADS: u32 = 4;
const ROUNDS: i32 = 1000;

fn memory_of(minimum: u64, maximum: u64) -> SharedMemory {
    SharedMemory::new(minimum, maximum, &Limits::default()).unwrap()
}

fn counter_with(memory: &SharedMemory) -> Instance {
    let mut linker = Linker::new();
    linker.define_shared_memory("env", "memory", memory).unwrap();
    linker.instantiate(&module("counter"), &Wasi::new(), &Limits::default()).unwrap()
}

#[test]
fn guests_count_in_parallel() {
    let memory = memory_of(1, 3);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let counted: i32 = counter_with(&memory).call("count", (ROUNDS,)).unwrap();
                assert_eq!(counted, ROUNDS);
            });
        }
    });
    assert_eq!(memory.word(COUNTER).unwrap().load(SeqCst), THREADS * ROUNDS as u32);
    assert_eq!(memory.word(LOCK).unwrap().load(SeqCst), 0);
}

#[test]
fn guests_and_the_program_are_woken() {
    let memory = memory_of(1, 3);
    let wake = || while memory.notify(READY, 1).unwrap() == 0 {};
    thread::scope(|scope| {
        scope.spawn(|| {
            let woken: i32 = counter_with(&memory).call("wait", (READY as i32,)).unwrap();
            assert_eq!(woken, 0);
        });
        wake();
    });
    thread::scope(|scope| {
        scope.spawn(|| assert_eq!(memory.wait(READY, 0, None).unwrap(), Wait::Woken));
        wake();
    });
    let timeout = Some(Duration::from_millis(1));
    assert_eq!(memory.wait(READY, 0, timeout).unwrap(), Wait::TimedOut);
    assert_eq!(memory.wait(READY, 1, None).unwrap(), Wait::NotEqual);
    expect_error(memory.wait(READY + 1, 0, None), ErrorKind::Use, "");
    expect_error(memory.notify(1 << 20, 1), ErrorKind::Use, "");
}

#[test]
fn accesses_are_checked() {
    let memory = memory_of(1, 2);
    memory.bytes()[65535].store(7, SeqCst);
    assert_eq!(memory.word(65532).unwrap().load(SeqCst), 7 << 24);
    assert!(memory.word(65533).is_none() && memory.word(65536).is_none());
    assert!(memory.word(u64::MAX - 3).is_none());
    assert_eq!((memory.grow(1).unwrap(), memory.bytes().len()), (1, 2 << 16));
    expect_error(memory.grow(1), ErrorKind::Use, "");
    expect_error(SharedMemory::new(2, 1, &Limits::default()), ErrorKind::Use, "");
    let limits = Limits { memory_bytes: Some(1 << 16), ..Limits::default() };
    expect_error(SharedMemory::new(2, 2, &limits), ErrorKind::Use, "");
}

#[test]
fn an_exported_one_outlives_its_instance() {
    let owner = instance("owner");
    assert!(owner.shared_memory("plain").is_err() && owner.memory_named("plain").is_ok());
    expect_error(owner.memory_named("shared"), ErrorKind::Use, "shared");
    let memory = owner.shared_memory("shared").unwrap();
    drop(owner);
    let counter = counter_with(&memory);
    assert_eq!(counter.call::<_, i32>("grow", (1,)).unwrap(), 1);
    assert_eq!(memory.bytes().len(), 2 << 16);
    drop(memory);
    assert_eq!(counter.call::<_, i32>("count", (3,)).unwrap(), 3);
}
