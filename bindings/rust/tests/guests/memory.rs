//! Slices of memories.

use crate::instance;

#[test]
fn slices_are_the_memory() {
    let mut instance = instance("wasi");
    let memory = instance.memory_mut().unwrap();
    assert_eq!(memory.len(), 2 << 16);
    assert_eq!(&memory[16..20], b"made");
    memory[16] = b'M';
    assert_eq!(instance.memory().unwrap()[16].get(), b'M');
}

#[test]
fn a_slice_remains_when_the_memory_grows() {
    let instance = instance("wasi");
    let before = instance.memory().unwrap();
    assert_eq!(instance.call::<_, i32>("grow", (1,)).unwrap(), 2);
    let after = instance.memory().unwrap();
    assert_eq!((before.len(), after.len()), (2 << 16, 3 << 16));
    before[0].set(7);
    assert_eq!(after[0].get(), 7);
}

#[test]
fn a_module_without_memory() {
    let mut instance = instance("values");
    assert!(instance.memory().is_none());
    assert!(instance.memory_mut().is_none());
}
