//! Stores: what instances share that import from each other.

use std::cell::RefCell;
use std::fmt;
use std::os::raw::c_char;
use std::ptr::{null, null_mut, NonNull};

use crate::error::{c_string, check, Error};
use crate::extern_type::ExternType;
use crate::instance::Instance;
use crate::interrupter::{Interrupter, Target};
use crate::module::{Limits, RawLimits};
use crate::objects::{Global, Memory, Table, Tag};
use crate::owner::Owner;
use crate::panics;
use crate::reference::Ref;
use crate::sys;
use crate::value::Value;

/// A store for several instances, which [`Linker::in_store`](crate::Linker::in_store) makes. They
/// may import each other's functions, memories, tables, globals and tags, and have references of
/// each other. They live as long as the store. Its limits are those of all of them together.
///
/// It may be sent to another thread while nothing borrows it, but not be shared by several, and
/// nothing that belongs to it outlives it:
///
/// ```compile_fail
/// fn share<T: Sync>() {}
/// share::<wasm2obj::Store>();
/// ```
/// ```compile_fail
/// fn send<T: Send>(_: T) {}
/// let store = wasm2obj::Store::new(&wasm2obj::Limits::default());
/// send(wasm2obj::Linker::in_store(&store));
/// ```
/// ```compile_fail
/// fn dangle(module: &wasm2obj::Module) -> &wasm2obj::Instance {
///     let store = wasm2obj::Store::new(&wasm2obj::Limits::default());
///     wasm2obj::Linker::in_store(&store).instantiate(module, &wasm2obj::Wasi::new()).unwrap()
/// }
/// ```
pub struct Store {
    store: NonNull<sys::Store>,
    // Each is a box that is not moved, since it is borrowed as long as the store.
    instances: RefCell<Vec<NonNull<Instance>>>,
    owner: Owner,
    interrupter: Interrupter,
}

// What belongs to a store borrows it, so that one thread at a time has all of it.
unsafe impl Send for Store {}

impl Store {
    /// Makes a store.
    pub fn new(limits: &Limits) -> Store {
        let store = unsafe { sys::wasm2obj_store_new(RawLimits::from(limits).as_ptr()) };
        Store {
            store: NonNull::new(store).expect("a new object"),
            instances: RefCell::new(Vec::new()),
            owner: Owner::new(),
            interrupter: Interrupter::new(Target::Store(store)),
        }
    }

    /// Makes a memory of pages of 64 KiB. Fails beyond a limit; likewise below.
    pub fn memory(&self, minimum: u64, maximum: Option<u64>) -> Result<Memory<'_>, Error> {
        let kind = sized(minimum, maximum);
        let mut made = null_mut();
        check(unsafe { sys::wasm2obj_memory_make(self.as_ptr(), &kind, &mut made) })?;
        Ok(Memory::new(NonNull::new(made).expect("a memory"), &self.owner))
    }

    /// Makes a table of functions (`c`) or externrefs (`x`), whose elements are `initial`.
    pub fn table(
        &self,
        kind: char,
        minimum: u64,
        maximum: Option<u64>,
        initial: Option<&Ref<'_>>,
    ) -> Result<Table<'_>, Error> {
        let kind = sys::ExternType { value: letter(kind)?, ..sized(minimum, maximum) };
        let initial = initial.map_or(null(), |initial| initial.as_ptr() as *const sys::Ref);
        let mut made = null_mut();
        check(unsafe { sys::wasm2obj_table_make(self.as_ptr(), &kind, initial, &mut made) })?;
        Ok(Table::new(NonNull::new(made).expect("a table"), &self.owner))
    }

    /// Makes a global with a value of a type, such as `i` (see [`ExternType`]).
    pub fn global(
        &self,
        kind: char,
        is_mutable: bool,
        value: &Value<'_>,
    ) -> Result<Global<'_>, Error> {
        let kind = sys::ExternType { value: letter(kind)?, is_mutable, ..ExternType::EMPTY };
        let (value, mut made) = (value.to_raw(), null_mut());
        check(unsafe { sys::wasm2obj_global_make(self.as_ptr(), &kind, &value, &mut made) })?;
        Ok(Global::new(NonNull::new(made).expect("a global"), &self.owner))
    }

    /// Makes a tag of exceptions, whose arguments are the parameters of a type such as `(iI)`.
    pub fn tag(&self, kind: &str) -> Result<Tag<'_>, Error> {
        let (kind, mut made) = (c_string(kind)?, null_mut());
        check(unsafe { sys::wasm2obj_tag_make(self.as_ptr(), kind.as_ptr(), &mut made) })?;
        Ok(Tag::new(NonNull::new(made).expect("a tag"), &self.owner))
    }

    /// Returns the exception of the call of a function that has failed last, of those that do not
    /// belong to an instance: that came from tables and globals which the store has made.
    pub fn take_exception(&self) -> Option<Ref<'_>> {
        self.owner.take_exception().map(|handle| Ref::new(handle, &self.owner))
    }

    /// Returns what other threads interrupt all guests of the store with, also those of an instance
    /// that is being made.
    pub fn interrupter(&self) -> Interrupter {
        self.interrupter.clone()
    }

    /// Takes over an instance that has been made in the store.
    pub(crate) fn keep(&self, instance: Instance) -> &Instance {
        let kept = NonNull::from(Box::leak(Box::new(instance)));
        self.instances.borrow_mut().push(kept);
        unsafe { &*kept.as_ptr() }
    }

    pub(crate) fn as_ptr(&self) -> *mut sys::Store {
        self.store.as_ptr()
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.interrupter.end();
        for instance in self.instances.get_mut().drain(..) {
            drop(unsafe { Box::from_raw(instance.as_ptr()) });
        }
        unsafe { sys::wasm2obj_store_delete(self.as_ptr()) }
        panics::resumed(());
    }
}

fn sized(minimum: u64, maximum: Option<u64>) -> sys::ExternType {
    sys::ExternType {
        has_max: maximum.is_some(),
        min: minimum,
        max: maximum.unwrap_or(0),
        ..ExternType::EMPTY
    }
}

/// Returns the letter of a type for the library.
fn letter(kind: char) -> Result<c_char, Error> {
    let is_ascii = kind.is_ascii().then_some(kind as u8 as c_char);
    is_ascii.ok_or_else(|| Error::of_use(format!("{kind:?} is no type")))
}
