//! Functions of the program that guests import.

use std::os::raw::{c_char, c_void};
use std::os::unix::io::OwnedFd;
use std::ptr::{null, null_mut, NonNull};
use std::slice;
use std::sync::Arc;

use crate::error::{c_string, check, Error, ErrorKind};
use crate::extern_type::slice_of;
use crate::instance::Instance;
use crate::module::{Limits, Module, RawLimits};
use crate::objects::{Global, Memory, Table, Tag};
use crate::panics;
use crate::reference::Ref;
use crate::shared_memory::SharedMemory;
use crate::store::Store;
use crate::sys;
use crate::value::{Numbers, Value};
use crate::wasi::Wasi;

/// The guest that has called a function of the program.
pub struct Caller<'a> {
    instance: &'a Instance,
}

impl<'a> Caller<'a> {
    /// Returns the instance, which may not be complete, but may be used.
    pub fn instance(&self) -> &'a Instance {
        self.instance
    }

    /// Throws an exception in the guest, once the function has returned. What it returns is
    /// ignored. Fails if the reference is to something else.
    pub fn throw(&self, exception: &Ref<'_>) -> Result<(), Error> {
        let instance = self.instance.as_ptr();
        check(unsafe { sys::wasm2obj_instance_throw(instance, exception.as_ptr()) })
    }
}

/// Definitions for the imports of modules, for any number of instances.
///
/// A function of the program that returns an error ends the call of the guest: [`Error::exit`] as
/// an exit, an exception of a call that it has made as that exception, which the guest may catch,
/// and others as a trap with the message. A panic ends it as well, and goes on when the guest
/// returns. Functions run on the guest's stack, of which at least 256 KiB are free. They are dropped
/// when the linker and all instances that were made by it have been dropped.
///
/// They may be called by several threads at a time, and cannot keep what belongs to an instance:
///
/// ```compile_fail
/// let kept = std::sync::Mutex::new(None);
/// wasm2obj::Linker::new().define_any("a", "b", None, move |_, arguments| {
///     *kept.lock().unwrap() = Some(&arguments[0]);
///     Ok(vec![])
/// });
/// ```
///
/// One that is made by [`Linker::in_store`] makes instances of that store.
pub struct Linker<S = ()> {
    linker: NonNull<sys::Linker>,
    store: S,
}

// Without a store it is only changed through a unique reference, and its functions may be called by
// any thread.
unsafe impl Send for Linker {}
unsafe impl Sync for Linker {}

impl Linker {
    /// Returns a linker without definitions.
    pub fn new() -> Linker {
        Linker { linker: new_linker(), store: () }
    }

    /// Makes an instance, as [`Instance::limited`] does, with these definitions.
    pub fn instantiate(
        &self,
        module: &Module,
        wasi: &Wasi,
        limits: &Limits,
    ) -> Result<Instance, Error> {
        self.prepare(module, wasi, limits)?.instantiate()
    }

    /// Finds and checks the imports of a module once, for several instances. Fails if imports are
    /// not defined, or not with their types.
    pub fn prepare(
        &self,
        module: &Module,
        wasi: &Wasi,
        limits: &Limits,
    ) -> Result<Prepared, Error> {
        self.prepare_limited(module, wasi, limits)
    }
}

/// A linker of a store.
impl<'s> Linker<&'s Store> {
    /// Returns a linker without definitions, whose instances are of a store.
    pub fn in_store(store: &'s Store) -> Linker<&'s Store> {
        let made = Linker { linker: new_linker(), store };
        check(unsafe { sys::wasm2obj_linker_store(made.as_ptr(), store.as_ptr()) })
            .expect("a linker without a store");
        made
    }

    /// Defines all exports of an instance, of any kind, as `module`. Fails if it is not of the
    /// store; likewise below.
    pub fn define_instance(&mut self, module: &str, instance: &Instance) -> Result<(), Error> {
        let module = c_string(module)?;
        let instance = instance.as_ptr();
        let defined =
            unsafe { sys::wasm2obj_linker_instance(self.as_ptr(), module.as_ptr(), instance) };
        panics::resumed(check(defined))
    }

    /// Defines `module`.`name` as a memory, which is exported or made by the store.
    pub fn define_memory(
        &mut self,
        module: &str,
        name: &str,
        memory: &Memory<'_>,
    ) -> Result<(), Error> {
        self.define_item(module, name, memory.as_ptr(), sys::wasm2obj_linker_memory)
    }

    /// Defines `module`.`name` as a table.
    pub fn define_table(
        &mut self,
        module: &str,
        name: &str,
        table: &Table<'_>,
    ) -> Result<(), Error> {
        self.define_item(module, name, table.as_ptr(), sys::wasm2obj_linker_table)
    }

    /// Defines `module`.`name` as a global.
    pub fn define_global(
        &mut self,
        module: &str,
        name: &str,
        global: &Global<'_>,
    ) -> Result<(), Error> {
        self.define_item(module, name, global.as_ptr(), sys::wasm2obj_linker_global)
    }

    /// Defines `module`.`name` as a tag.
    pub fn define_tag(&mut self, module: &str, name: &str, tag: &Tag<'_>) -> Result<(), Error> {
        self.define_item(module, name, tag.as_ptr(), sys::wasm2obj_linker_tag)
    }

    /// Defines `module`.`name` as the function that a reference refers to.
    pub fn define_function(
        &mut self,
        module: &str,
        name: &str,
        function: &Ref<'_>,
    ) -> Result<(), Error> {
        let function = function.as_ptr() as *const sys::Ref;
        self.define_item(module, name, function, sys::wasm2obj_linker_ref)
    }

    fn define_item<T>(
        &mut self,
        module: &str,
        name: &str,
        item: *const T,
        define: unsafe extern "C" fn(
            *mut sys::Linker,
            *const c_char,
            *const c_char,
            *const T,
        ) -> *mut sys::Error,
    ) -> Result<(), Error> {
        let (module, name) = (c_string(module)?, c_string(name)?);
        let defined = unsafe { define(self.as_ptr(), module.as_ptr(), name.as_ptr(), item) };
        panics::resumed(check(defined))
    }

    /// Makes an instance, as [`Instance::new`] does, with these definitions. It lives as long as
    /// the store, whose limits it has.
    pub fn instantiate(&self, module: &Module, wasi: &Wasi) -> Result<&'s Instance, Error> {
        self.prepare(module, wasi)?.instantiate()
    }

    /// Finds and checks the imports of a module once; see the function of other linkers.
    pub fn prepare(&self, module: &Module, wasi: &Wasi) -> Result<Prepared<&'s Store>, Error> {
        self.prepare_limited(module, wasi, &Limits::default())
    }
}

impl<S: Copy> Linker<S> {
    fn prepare_limited(
        &self,
        module: &Module,
        wasi: &Wasi,
        limits: &Limits,
    ) -> Result<Prepared<S>, Error> {
        let limits = RawLimits::from(limits);
        let mut prepared = null_mut();
        check(unsafe {
            sys::wasm2obj_linker_prepare(
                self.as_ptr(),
                module.as_ptr(),
                wasi.as_ptr(),
                limits.as_ptr(),
                &mut prepared,
            )
        })?;
        let prepared = NonNull::new(prepared).expect("an object where there is no error");
        Ok(Prepared { prepared, fds: wasi.fds(), store: self.store })
    }
}

impl<S> Linker<S> {
    fn as_ptr(&self) -> *mut sys::Linker {
        self.linker.as_ptr()
    }

    /// Defines `module`.`name` as a function of numbers and vectors. A later definition of a name
    /// replaces an earlier one.
    pub fn define<P, R, F>(&mut self, module: &str, name: &str, function: F) -> Result<(), Error>
    where
        P: Numbers + 'static,
        R: Numbers + 'static,
        F: Fn(&Caller<'_>, P) -> Result<R, Error> + Send + Sync + 'static,
    {
        let kind = format!("({}){}", P::letters(), R::letters());
        let raw =
            move |caller: &Caller<'_>, arguments: &[sys::Value], results: &mut [sys::Value]| {
                // The library has checked the types.
                let parameters = unsafe { P::load(arguments) };
                function(caller, parameters).map(|returned| returned.store(results))
            };
        self.define_raw(module, name, Some(&kind), raw)
    }

    /// Defines `module`.`name` as a function of values of any types: of the type `kind`, such as
    /// `(ix)f` (see [`ExternType`](crate::ExternType)), or of each type that it is imported with.
    pub fn define_any<F>(
        &mut self,
        module: &str,
        name: &str,
        kind: Option<&str>,
        function: F,
    ) -> Result<(), Error>
    where
        F: for<'a> Fn(&Caller<'a>, &[Value<'a>]) -> Result<Vec<Value<'a>>, Error>
            + Send
            + Sync
            + 'static,
    {
        let raw =
            move |caller: &Caller<'_>, arguments: &[sys::Value], results: &mut [sys::Value]| {
                let copy = |raw| unsafe { Value::copy_of(raw, caller.instance.owner()) };
                let arguments: Vec<Value<'_>> = arguments.iter().map(copy).collect();
                let returned = function(caller, &arguments)?;
                if returned.len() != results.len() {
                    let (actual, expected) = (returned.len(), results.len());
                    let message = format!("the function returned {actual} results, not {expected}");
                    return Err(Error::trap(message));
                }
                for (result, value) in results.iter_mut().zip(returned) {
                    *result = value.into_raw();
                }
                Ok(())
            };
        self.define_raw(module, name, kind, raw)
    }

    fn define_raw<F>(
        &mut self,
        module: &str,
        name: &str,
        kind: Option<&str>,
        function: F,
    ) -> Result<(), Error>
    where
        F: Fn(&Caller<'_>, &[sys::Value], &mut [sys::Value]) -> Result<(), Error> + Send + Sync,
    {
        let (module, name) = (c_string(module)?, c_string(name)?);
        let kind = kind.map(c_string).transpose()?;
        let env = Box::into_raw(Box::new(function));
        let defined = check(unsafe {
            sys::wasm2obj_linker_callback(
                self.as_ptr(),
                module.as_ptr(),
                name.as_ptr(),
                kind.as_ref().map_or(null(), |kind| kind.as_ptr()),
                call::<F>,
                env.cast(),
                Some(drop_function::<F>),
            )
        });
        if defined.is_err() {
            drop(unsafe { Box::from_raw(env) });
        }
        panics::resumed(defined)
    }

    /// Defines `module`.`name` as a shared memory, which instances keep.
    pub fn define_shared_memory(
        &mut self,
        module: &str,
        name: &str,
        memory: &SharedMemory,
    ) -> Result<(), Error> {
        let (module, name) = (c_string(module)?, c_string(name)?);
        let (linker, memory) = (self.as_ptr(), memory.as_ptr());
        unsafe {
            sys::wasm2obj_linker_shared_memory(linker, module.as_ptr(), name.as_ptr(), memory)
        }
        panics::resumed(Ok(()))
    }

    /// Lets imported functions that are not defined trap when they are called, instead of being an
    /// error.
    pub fn trap_unknown(&mut self) {
        unsafe { sys::wasm2obj_linker_trap_unknown(self.as_ptr()) }
    }
}

fn new_linker() -> NonNull<sys::Linker> {
    NonNull::new(unsafe { sys::wasm2obj_linker_new() }).expect("a new object")
}

impl Default for Linker {
    fn default() -> Linker {
        Linker::new()
    }
}

impl<S> Drop for Linker<S> {
    fn drop(&mut self) {
        unsafe { sys::wasm2obj_linker_delete(self.as_ptr()) }
        panics::resumed(());
    }
}

/// A module with its imports; see [`Linker::prepare`].
pub struct Prepared<S = ()> {
    prepared: NonNull<sys::Prepared>,
    fds: Vec<Arc<OwnedFd>>,
    store: S,
}

// Several threads may make instances of it at once: each has a store of its own.
unsafe impl Send for Prepared {}
unsafe impl Sync for Prepared {}

impl Prepared {
    /// Makes an instance; see [`Instance::limited`].
    pub fn instantiate(&self) -> Result<Instance, Error> {
        self.make()
    }
}

impl<'s> Prepared<&'s Store> {
    /// Makes an instance of the store.
    pub fn instantiate(&self) -> Result<&'s Instance, Error> {
        self.make().map(|instance| self.store.keep(instance))
    }
}

impl<S> Prepared<S> {
    fn make(&self) -> Result<Instance, Error> {
        let mut instance = null_mut();
        let error =
            unsafe { sys::wasm2obj_prepared_instantiate(self.prepared.as_ptr(), &mut instance) };
        let made = check(error).map(|()| Instance::from_raw(instance, self.fds.clone(), false));
        panics::resumed(made)
    }
}

impl<S> Drop for Prepared<S> {
    fn drop(&mut self) {
        unsafe { sys::wasm2obj_prepared_delete(self.prepared.as_ptr()) }
        panics::resumed(());
    }
}

unsafe extern "C" fn drop_function<F>(env: *mut c_void) {
    panics::caught(|| drop(Box::from_raw(env.cast::<F>())));
}

/// Calls a function for a guest.
unsafe extern "C" fn call<F>(
    caller: *mut sys::Caller,
    arguments: *const sys::Value,
    argument_count: usize,
    results: *mut sys::Value,
    result_count: usize,
) -> *mut sys::Error
where
    F: Fn(&Caller<'_>, &[sys::Value], &mut [sys::Value]) -> Result<(), Error>,
{
    let function = &*sys::wasm2obj_caller_env(caller).cast::<F>();
    let instance = Instance::from_raw(sys::wasm2obj_caller_instance(caller), Vec::new(), true);
    let arguments = slice_of(arguments, argument_count);
    let results = match result_count {
        0 => &mut [],
        count => slice::from_raw_parts_mut(results, count),
    };
    let outcome = panics::caught(|| function(&Caller { instance: &instance }, arguments, results));
    match outcome {
        Some(Ok(())) => null_mut(),
        Some(Err(error)) => end(caller, &instance, &error),
        None => trap("a function of the program has panicked"),
    }
}

/// Ends the call of a guest with an error.
unsafe fn end(caller: *mut sys::Caller, instance: &Instance, error: &Error) -> *mut sys::Error {
    if let ErrorKind::Exit(status) = error.kind() {
        sys::wasm2obj_caller_exit(caller, status);
        return null_mut();
    }
    // That of the last call that the function has made.
    match (error.kind(), instance.take_exception()) {
        (ErrorKind::Exception, Some(exception)) => {
            sys::wasm2obj_instance_throw(instance.as_ptr(), exception.as_ptr())
        }
        _ => trap(&error.to_string()),
    }
}

fn trap(message: &str) -> *mut sys::Error {
    let message = c_string(message.replace('\0', "\u{fffd}")).expect("a string without NUL");
    unsafe { sys::wasm2obj_error_new(message.as_ptr()) }
}
