//! Instances of modules.

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::os::raw::{c_char, c_void};
use std::os::unix::io::OwnedFd;
use std::ptr::{null_mut, NonNull};
use std::slice;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{c_string, check, Error};
use crate::function::{Function, TypedFunction};
use crate::interrupter::{Interrupter, Target};
use crate::module::{nanoseconds, Limits, Module, RawLimits};
use crate::objects::{Global, Memory, Table, Tag};
use crate::owner::Owner;
use crate::panics;
use crate::reference::Ref;
use crate::shared_memory::SharedMemory;
use crate::sys;
use crate::value::{Params, Results};
use crate::wasi::Wasi;

/// An instance of a module, with its own memory and its own files, unless it imports those of others
/// of its [`Store`](crate::Store).
///
/// It may be sent to another thread while nothing borrows it, but not be shared by several:
///
/// ```compile_fail
/// fn share<T: Sync>() {}
/// share::<wasm2obj::Instance>();
/// ```
pub struct Instance {
    instance: NonNull<sys::Instance>,
    owner: Owner,
    interrupter: Interrupter,
    is_borrowed: bool,             // another object owns the instance
    is_shared: Cell<Option<bool>>, // whether its memory is; asked for once
    _fds: Vec<Arc<OwnedFd>>,       // closed after the instance is deleted
}

// What belongs to an instance borrows it, so that one thread at a time has all of it. Values that
// guests refer to and functions that they call may be used by any thread.
unsafe impl Send for Instance {}

impl Instance {
    /// Instantiates a module with the default limits; see `limited`.
    pub fn new(module: &Module, wasi: &Wasi) -> Result<Instance, Error> {
        Instance::limited(module, wasi, &Limits::default())
    }

    /// Instantiates a module: runs its start function and its export `_initialize`. Fails with the
    /// kind `Use` if the module imports anything but functions of WASI (a [`Linker`](crate::Linker)
    /// defines others), exceeds a limit, or if a file, directory or stream of `wasi` is not available; with the other kinds if the guest
    /// traps, exits or throws.
    pub fn limited(module: &Module, wasi: &Wasi, limits: &Limits) -> Result<Instance, Error> {
        let limits = RawLimits::from(limits);
        let mut instance = null_mut();
        let error = unsafe {
            sys::wasm2obj_instance_new_limited(
                module.as_ptr(),
                wasi.as_ptr(),
                limits.as_ptr(),
                &mut instance,
            )
        };
        panics::resumed(check(error).map(|()| Instance::from_raw(instance, wasi.fds(), false)))
    }

    /// Returns an instance of the library, which it owns, unless it is borrowed.
    pub(crate) fn from_raw(
        instance: *mut sys::Instance,
        fds: Vec<Arc<OwnedFd>>,
        is_borrowed: bool,
    ) -> Instance {
        Instance {
            instance: NonNull::new(instance).expect("an instance where there is no error"),
            owner: Owner::new(),
            interrupter: Interrupter::new(Target::Instance(instance)),
            is_borrowed,
            is_shared: Cell::new(None),
            _fds: fds,
        }
    }

    /// Calls `_start` of a command, and returns the status with which the guest exits, or 0 if the
    /// function returns.
    pub fn run(&self) -> Result<i32, Error> {
        let mut status = 0;
        let error = unsafe { sys::wasm2obj_instance_run(self.as_ptr(), &mut status) };
        panics::resumed(self.owner.check(error).map(|()| status))
    }

    /// Returns an exported function. Fails if there is none with this name.
    pub fn function(&self, name: &str) -> Result<Function<'_>, Error> {
        let name = c_string(name)?;
        let mut function = null_mut();
        check(unsafe {
            sys::wasm2obj_instance_function(self.as_ptr(), name.as_ptr(), &mut function)
        })?;
        let function = unsafe { Ref::from_raw(function, &self.owner) };
        Function::new(function.expect("a function where there is no error"))
    }

    /// Returns an exported function with these types. Fails if there is none with this name, or if
    /// it has other types.
    pub fn typed<'a, P: Params<'a>, R: Results<'a>>(
        &'a self,
        name: &str,
    ) -> Result<TypedFunction<'a, P, R>, Error> {
        self.function(name)?.typed()
    }

    /// Calls an exported function once. Fails likewise, without calling it; otherwise as
    /// [`TypedFunction::call`] does.
    pub fn call<'a, P: Params<'a>, R: Results<'a>>(
        &'a self,
        name: &str,
        parameters: P,
    ) -> Result<R, Error> {
        self.typed(name)?.call(parameters)
    }

    /// Returns the exception of the call that has failed last, if its kind is `Exception`, and if
    /// nobody has taken it yet.
    pub fn take_exception(&self) -> Option<Ref<'_>> {
        self.owner.take_exception().map(|handle| Ref::new(handle, &self.owner))
    }

    /// Returns the memory that is exported as "memory", or nothing if there is none, or if it is
    /// shared (`shared_memory`). Guests change it when they run, and what it has grown by is not a part of the slice. It cannot outlive
    /// the instance:
    ///
    /// ```compile_fail
    /// fn dangle(instance: wasm2obj::Instance) {
    ///     let memory = instance.memory();
    ///     drop(instance);
    ///     memory.unwrap()[0].set(1);
    /// }
    /// ```
    pub fn memory(&self) -> Option<&[Cell<u8>]> {
        let (start, size) = self.memory_parts()?;
        // The address does not change and the size does not shrink as long as the instance exists.
        // Only this thread and its guest access it.
        Some(unsafe { slice::from_raw_parts(start.cast(), size) })
    }

    /// Returns the memory likewise. No guest runs while the slice exists:
    ///
    /// ```compile_fail
    /// fn alias(mut instance: wasm2obj::Instance) {
    ///     let memory = instance.memory_mut().unwrap();
    ///     instance.run();
    ///     memory[0] = 1;
    /// }
    /// ```
    pub fn memory_mut(&mut self) -> Option<&mut [u8]> {
        let (start, size) = self.memory_parts()?;
        Some(unsafe { slice::from_raw_parts_mut(start, size) })
    }

    /// Returns an exported shared memory, which may outlive the instance. Fails if there is none
    /// with this name; likewise below.
    pub fn shared_memory(&self, name: &str) -> Result<SharedMemory, Error> {
        let name = c_string(name)?;
        let mut found = null_mut();
        check(unsafe {
            sys::wasm2obj_shared_memory_new_export(self.as_ptr(), name.as_ptr(), &mut found)
        })?;
        Ok(SharedMemory::from_raw(found))
    }

    /// Returns an exported memory that is not shared.
    pub fn memory_named(&self, name: &str) -> Result<Memory<'_>, Error> {
        if self.shared_memory(name).is_ok() {
            return Err(Error::of_use("the memory is shared"));
        }
        self.find(name, sys::wasm2obj_instance_find_memory)
            .map(|memory| Memory::new(memory, &self.owner))
    }

    /// Returns an exported table.
    pub fn table(&self, name: &str) -> Result<Table<'_>, Error> {
        self.find(name, sys::wasm2obj_instance_find_table)
            .map(|table| Table::new(table, &self.owner))
    }

    /// Returns an exported global.
    pub fn global(&self, name: &str) -> Result<Global<'_>, Error> {
        self.find(name, sys::wasm2obj_instance_find_global)
            .map(|global| Global::new(global, &self.owner))
    }

    /// Returns an exported tag.
    pub fn tag(&self, name: &str) -> Result<Tag<'_>, Error> {
        self.find(name, sys::wasm2obj_instance_find_tag).map(|tag| Tag::new(tag, &self.owner))
    }

    fn find<T>(
        &self,
        name: &str,
        function: unsafe extern "C" fn(
            *mut sys::Instance,
            *const c_char,
            *mut *mut T,
        ) -> *mut sys::Error,
    ) -> Result<NonNull<T>, Error> {
        let name = c_string(name)?;
        let mut found = null_mut();
        check(unsafe { function(self.as_ptr(), name.as_ptr(), &mut found) })?;
        Ok(NonNull::new(found).expect("an object where there is no error"))
    }

    /// Makes a reference to a value, which the guest may have as an externref or anyref. The value
    /// is dropped once neither the guest nor a [`Ref`] has it, after a garbage collection, or with
    /// the instance. It may be dropped on the guest's stack, of which at least 256 KiB are free.
    pub fn host<T: Any + Send>(&self, value: T) -> Result<Ref<'_>, Error> {
        let pointer = Box::into_raw(Box::new(Box::new(value) as HostValue));
        let finalize = Some(drop_host_value as sys::Finish);
        let mut reference = null_mut();
        let error = unsafe {
            sys::wasm2obj_ref_new_host(self.as_ptr(), pointer.cast(), finalize, &mut reference)
        };
        let made = check(error).map(|()| unsafe { Ref::from_raw(reference, &self.owner) });
        if made.is_err() {
            drop(unsafe { Box::from_raw(pointer) });
        }
        panics::resumed(made.map(|made| made.expect("a reference")))
    }

    /// Makes a string of the JS string builtins. Fails if the heap has no room.
    pub fn string(&self, text: &str) -> Result<Ref<'_>, Error> {
        let mut reference = null_mut();
        let (start, size) = (text.as_ptr().cast(), text.len());
        let error =
            unsafe { sys::wasm2obj_ref_new_string(self.as_ptr(), start, size, &mut reference) };
        let made = check(error).map(|()| unsafe { Ref::from_raw(reference, &self.owner) });
        panics::resumed(made.map(|made| made.expect("a reference")))
    }

    /// Makes a reference to the lower 31 bits of an integer.
    pub fn i31(&self, value: i32) -> Ref<'_> {
        let reference = unsafe { sys::wasm2obj_ref_new_i31(value) };
        unsafe { Ref::from_raw(reference, &self.owner) }.expect("a reference")
    }

    /// Collects garbage now. Fails if the value of a reference calls it when it is dropped.
    pub fn collect(&self) -> Result<(), Error> {
        panics::resumed(check(unsafe { sys::wasm2obj_instance_collect(self.as_ptr()) }))
    }

    /// Returns what other threads interrupt the guest with.
    pub fn interrupter(&self) -> Interrupter {
        self.interrupter.clone()
    }

    /// Lets later calls be interrupted if they take longer than this; `None` for no limit. Replaces
    /// [`Limits::call_time`].
    pub fn limit_time(&self, limit: Option<Duration>) {
        let nanoseconds = limit.map_or(0, nanoseconds);
        unsafe { sys::wasm2obj_instance_time_limit(self.as_ptr(), nanoseconds) }
    }

    /// Sets the fuel, which instructions consume: each about one unit. A call that consumes more
    /// fails with [`ErrorKind::OutOfFuel`](crate::ErrorKind). Fails if the module was not compiled
    /// with `--count-fuel`.
    pub fn set_fuel(&self, fuel: u64) -> Result<(), Error> {
        check(unsafe { sys::wasm2obj_instance_set_fuel(self.as_ptr(), fuel) })
    }

    /// Returns what is left of the fuel; without a limit `i64::MAX`.
    pub fn fuel(&self) -> u64 {
        unsafe { sys::wasm2obj_instance_fuel(self.as_ptr()) }
    }

    pub(crate) fn owner(&self) -> &Owner {
        &self.owner
    }

    pub(crate) fn as_ptr(&self) -> *mut sys::Instance {
        self.instance.as_ptr()
    }

    /// Returns whether the memory is shared: other threads may change it then.
    fn has_shared_memory(&self) -> bool {
        if self.is_shared.get().is_none() {
            self.is_shared.set(Some(self.shared_memory("memory").is_ok()));
        }
        self.is_shared.get() == Some(true)
    }

    fn memory_parts(&self) -> Option<(*mut u8, usize)> {
        if self.has_shared_memory() {
            return None;
        }
        let mut size = 0;
        let start = unsafe { sys::wasm2obj_instance_memory(self.as_ptr(), &mut size) };
        (!start.is_null()).then_some((start.cast(), size))
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Instance").finish_non_exhaustive()
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.interrupter.end();
        if !self.is_borrowed {
            unsafe { sys::wasm2obj_instance_delete(self.as_ptr()) }
            panics::resumed(());
        }
    }
}

pub(crate) type HostValue = Box<dyn Any + Send>;

unsafe extern "C" fn drop_host_value(pointer: *mut c_void) {
    panics::caught(|| drop(Box::from_raw(pointer.cast::<HostValue>())));
}
