//! Modules, the keys of those whose modules are loaded, and limits of instances.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::ptr::{null_mut, NonNull};
use std::sync::Arc;
use std::time::Duration;

use crate::error::{c_string, check, to_string, Error};
use crate::extern_type::{slice_of, Export, ExternType, Facts, Import};
use crate::sys;

/// The public keys of those whose modules a program loads.
pub struct Keys(NonNull<sys::Keys>);

// A set of keys is only changed through a unique reference.
unsafe impl Send for Keys {}
unsafe impl Sync for Keys {}

impl Keys {
    /// Returns a set without keys.
    pub fn new() -> Keys {
        Keys(NonNull::new(unsafe { sys::wasm2obj_keys_new() }).expect("a new object"))
    }

    /// Adds a public key of Ed25519, a text in PEM. Fails if it is something else.
    pub fn add(&mut self, pem: &str) -> Result<(), Error> {
        let pem = c_string(pem)?;
        check(unsafe { sys::wasm2obj_keys_add(self.0.as_ptr(), pem.as_ptr()) })
    }

    /// Adds the key of a file, likewise.
    pub fn add_file(&mut self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = c_string(path.as_ref().as_os_str().as_bytes())?;
        check(unsafe { sys::wasm2obj_keys_add_file(self.0.as_ptr(), path.as_ptr()) })
    }
}

impl Default for Keys {
    fn default() -> Keys {
        Keys::new()
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        unsafe { sys::wasm2obj_keys_delete(self.0.as_ptr()) }
    }
}

/// A module that wasm2obj has compiled to a shared object.
pub struct Module(NonNull<sys::Module>);

// Instances of a module may be made by several threads at once.
unsafe impl Send for Module {}
unsafe impl Sync for Module {}

impl Module {
    /// Loads a file. Fails if it cannot be read, is damaged, was compiled for another version of
    /// the ABI, or needs another machine.
    ///
    /// The machine code is not checked, so the file must come from a trusted compiler;
    /// [`Module::open_signed`] makes sure of that.
    pub fn open(path: impl AsRef<Path>) -> Result<Module, Error> {
        let path = c_string(path.as_ref().as_os_str().as_bytes())?;
        Module::load(|module| unsafe { sys::wasm2obj_module_open(path.as_ptr(), module) })
    }

    /// Loads the contents of a file, likewise.
    pub fn from_bytes(bytes: &[u8]) -> Result<Module, Error> {
        let (start, size) = (bytes.as_ptr().cast(), bytes.len());
        Module::load(|module| unsafe { sys::wasm2obj_module_open_bytes(start, size, module) })
    }

    /// Loads a file, but only if it was signed by the owner of one of the keys.
    pub fn open_signed(path: impl AsRef<Path>, keys: &Keys) -> Result<Module, Error> {
        let path = c_string(path.as_ref().as_os_str().as_bytes())?;
        let keys = keys.0.as_ptr();
        Module::load(|module| unsafe {
            sys::wasm2obj_module_open_signed(path.as_ptr(), keys, module)
        })
    }

    /// Loads the contents of a file, likewise.
    pub fn from_signed_bytes(bytes: &[u8], keys: &Keys) -> Result<Module, Error> {
        let (start, size, keys) = (bytes.as_ptr().cast(), bytes.len(), keys.0.as_ptr());
        Module::load(|module| unsafe {
            sys::wasm2obj_module_open_signed_bytes(start, size, keys, module)
        })
    }

    /// Sets for how many dropped instances the module keeps their memories, 0 at first. Instances
    /// that are made later get such a memory, as new, in a third of the time.
    pub fn set_pool(&self, instances: usize) {
        unsafe { sys::wasm2obj_module_pool(self.as_ptr(), instances) }
    }

    /// Returns what the module imports.
    pub fn imports(&self) -> Vec<Import> {
        let mut count = 0;
        let first = unsafe { sys::wasm2obj_module_imports(self.as_ptr(), &mut count) };
        unsafe { slice_of(first, count) }
            .iter()
            .map(|import| unsafe {
                Import {
                    module: to_string(import.module),
                    name: to_string(import.name),
                    kind: ExternType::from_raw(&import.kind),
                }
            })
            .collect()
    }

    /// Returns what the module exports.
    pub fn exports(&self) -> Vec<Export> {
        let mut count = 0;
        let first = unsafe { sys::wasm2obj_module_exports(self.as_ptr(), &mut count) };
        unsafe { slice_of(first, count) }
            .iter()
            .map(|export| unsafe {
                Export { name: to_string(export.name), kind: ExternType::from_raw(&export.kind) }
            })
            .collect()
    }

    /// Returns what the module was made of.
    pub fn facts(&self) -> Facts {
        unsafe { Facts::from_raw(&*sys::wasm2obj_module_facts(self.as_ptr())) }
    }

    pub(crate) fn as_ptr(&self) -> *const sys::Module {
        self.0.as_ptr()
    }

    fn load(open: impl FnOnce(*mut *mut sys::Module) -> *mut sys::Error) -> Result<Module, Error> {
        let mut module = null_mut();
        check(open(&mut module))?;
        Ok(Module(NonNull::new(module).expect("a module where there is no error")))
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        unsafe { sys::wasm2obj_module_delete(self.0.as_ptr()) }
    }
}

/// Limits on the resources of the host that an instance uses; `None`: the library's default. If one
/// would be exceeded, `memory.grow` and `table.grow` return -1 to the guest, creating an object
/// traps, and making an instance fails. A call that takes too long is interrupted.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// All memories together, in bytes.
    pub memory_bytes: Option<u64>,
    /// All tables together.
    pub table_elements: Option<u64>,
    /// Memories, tables and all other data, in bytes.
    pub host_bytes: Option<u64>,
    /// Objects (garbage collection), in bytes.
    pub heap_bytes: Option<u64>,
    /// The time of each call, also of the start function and of `_initialize` when an instance is
    /// made.
    pub call_time: Option<Duration>,
    /// What is made with these limits belongs to it.
    pub account: Option<Account>,
}

/// What several instances may take together, besides what their own limits say: all of a process,
/// or those of a customer. They belong to it by [`Limits::account`], and go on to do so when it has
/// been dropped; so may another account. A heap of objects counts with the most that it has had.
/// The time of calls is no limit of an account. A clone is the same account.
#[derive(Clone, Debug)]
pub struct Account(Arc<RawAccount>);

#[derive(Debug)]
struct RawAccount(NonNull<sys::Account>);

// It does not change, but for what has been taken of it, which any thread may do.
unsafe impl Send for RawAccount {}
unsafe impl Sync for RawAccount {}

impl Account {
    /// Makes an account with these limits.
    pub fn new(limits: &Limits) -> Account {
        let raw = unsafe { sys::wasm2obj_account_new(RawLimits::from(limits).as_ptr()) };
        Account(Arc::new(RawAccount(NonNull::new(raw).expect("a new object"))))
    }
}

impl Drop for RawAccount {
    fn drop(&mut self) {
        unsafe { sys::wasm2obj_account_delete(self.0.as_ptr()) }
    }
}

/// Returns a time limit as the library wants it.
pub(crate) fn nanoseconds(limit: Duration) -> u64 {
    limit.as_nanos().clamp(1, u64::MAX.into()) as u64
}

/// The library's limits.
pub(crate) struct RawLimits(NonNull<sys::Limits>);

impl RawLimits {
    pub(crate) fn as_ptr(&self) -> *const sys::Limits {
        self.0.as_ptr()
    }
}

impl From<&Limits> for RawLimits {
    fn from(limits: &Limits) -> RawLimits {
        let raw = NonNull::new(unsafe { sys::wasm2obj_limits_new() }).expect("a new object");
        let values = [
            limits.memory_bytes,
            limits.table_elements,
            limits.host_bytes,
            limits.heap_bytes,
            limits.call_time.map(nanoseconds),
        ];
        for (which, value) in (0..).zip(values) {
            if let Some(value) = value {
                unsafe { sys::wasm2obj_limits_set(raw.as_ptr(), which, value) }
            }
        }
        if let Some(Account(account)) = &limits.account {
            unsafe { sys::wasm2obj_limits_set_account(raw.as_ptr(), account.0.as_ptr()) }
        }
        RawLimits(raw)
    }
}

impl Drop for RawLimits {
    fn drop(&mut self) {
        unsafe { sys::wasm2obj_limits_delete(self.0.as_ptr()) }
    }
}
