//! Memories that guests in several threads share.

use std::ptr::{null_mut, NonNull};
use std::sync::atomic::{AtomicU32, AtomicU8};
use std::time::Duration;

use crate::error::{check, Error};
use crate::extern_type::slice_of;
use crate::module::{Limits, RawLimits};
use crate::sys;

/// How a wait has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    Woken,
    /// The memory had another value.
    NotEqual,
    TimedOut,
}

/// A memory that instances share, which may run in several threads at the same time. An instance
/// may export one ([`Instance::shared_memory`](crate::Instance::shared_memory)), and a
/// [`Linker`](crate::Linker) defines it for the imports of others, which go on to use it after it
/// has been dropped. Guests may change it at any time.
pub struct SharedMemory(NonNull<sys::SharedMemory>);

// Any thread may call its functions at any time.
unsafe impl Send for SharedMemory {}
unsafe impl Sync for SharedMemory {}

impl SharedMemory {
    /// Makes one of `minimum` pages of 64 KiB, which can grow to `maximum` pages.
    pub fn new(minimum: u64, maximum: u64, limits: &Limits) -> Result<SharedMemory, Error> {
        let limits = RawLimits::from(limits);
        let mut memory = null_mut();
        check(unsafe {
            sys::wasm2obj_shared_memory_new(minimum, maximum, limits.as_ptr(), &mut memory)
        })?;
        Ok(SharedMemory::from_raw(memory))
    }

    /// Returns one of the library, which it owns.
    pub(crate) fn from_raw(memory: *mut sys::SharedMemory) -> SharedMemory {
        SharedMemory(NonNull::new(memory).expect("a memory where there is no error"))
    }

    pub(crate) fn as_ptr(&self) -> *mut sys::SharedMemory {
        self.0.as_ptr()
    }

    /// Returns the bytes. What the memory grows by is not a part of the slice.
    pub fn bytes(&self) -> &[AtomicU8] {
        let mut size = 0;
        let start = unsafe { sys::wasm2obj_shared_memory_data(self.as_ptr(), &mut size) };
        // The address does not change and the size does not shrink.
        unsafe { slice_of(start.cast(), size) }
    }

    /// Returns the word at an address, or nothing if it is not in the memory or the address not a
    /// multiple of 4.
    pub fn word(&self, at: u64) -> Option<&AtomicU32> {
        let at = usize::try_from(at).ok().filter(|at| at % 4 == 0)?;
        let bytes = self.bytes().get(at..at.checked_add(4)?)?;
        // A memory begins at a page of the system.
        Some(unsafe { &*bytes.as_ptr().cast() })
    }

    /// Adds pages, and returns their number before. Fails beyond the maximum or a limit.
    pub fn grow(&self, pages: u64) -> Result<u64, Error> {
        let mut old = 0;
        check(unsafe { sys::wasm2obj_shared_memory_grow(self.as_ptr(), pages, &mut old) })?;
        Ok(old)
    }

    /// Waits as `memory.atomic.wait32` of guests does: if the word at the address is `expected`,
    /// until it is notified, or for so long. Fails if the address is not a multiple of 4 or not in
    /// the memory.
    pub fn wait(&self, at: u64, expected: u32, timeout: Option<Duration>) -> Result<Wait, Error> {
        let nanoseconds = timeout.map_or(-1, |limit| limit.as_nanos().min(i64::MAX as u128) as i64);
        let mut ended = 0;
        check(unsafe {
            sys::wasm2obj_shared_memory_wait(self.as_ptr(), at, expected, nanoseconds, &mut ended)
        })?;
        Ok(match ended {
            0 => Wait::Woken,
            1 => Wait::NotEqual,
            _ => Wait::TimedOut,
        })
    }

    /// Wakes at most `count` threads that wait at the address, and returns their number. Fails
    /// likewise.
    pub fn notify(&self, at: u64, count: u32) -> Result<u32, Error> {
        let mut woken = 0;
        check(unsafe { sys::wasm2obj_shared_memory_notify(self.as_ptr(), at, count, &mut woken) })?;
        Ok(woken)
    }
}

impl Drop for SharedMemory {
    fn drop(&mut self) {
        unsafe { sys::wasm2obj_shared_memory_delete(self.as_ptr()) }
    }
}
