//! Memories, tables, globals and tags that instances export, or that stores have made.

use std::cell::Cell;
use std::ptr::{null, null_mut, NonNull};

use crate::error::{check, Error};
use crate::extern_type::{slice_of, ExternType};
use crate::owner::Owner;
use crate::panics;
use crate::reference::Ref;
use crate::sys;
use crate::value::{Value, ZERO};

/// Asks for a type, whose strings it copies.
fn type_of(ask: impl FnOnce(&mut sys::ExternType) -> *mut sys::Error) -> Result<ExternType, Error> {
    let mut raw = ExternType::EMPTY;
    check(ask(&mut raw))?;
    Ok(unsafe { ExternType::from_raw(&raw) })
}

fn raw_of(reference: Option<&Ref<'_>>) -> *const sys::Ref {
    reference.map_or(null(), |reference| reference.as_ptr())
}

/// A memory.
#[derive(Clone, Copy)]
pub struct Memory<'a> {
    memory: NonNull<sys::Memory>,
    _owner: &'a Owner,
}

impl<'a> Memory<'a> {
    pub(crate) fn new(memory: NonNull<sys::Memory>, owner: &'a Owner) -> Memory<'a> {
        Memory { memory, _owner: owner }
    }

    pub(crate) fn as_ptr(&self) -> *const sys::Memory {
        self.memory.as_ptr()
    }

    /// Returns the type, whose minimum is the present size.
    pub fn kind(&self) -> Result<ExternType, Error> {
        type_of(|raw| unsafe { sys::wasm2obj_memory_type(self.memory.as_ptr(), raw) })
    }

    /// Returns the bytes; see [`Instance::memory`](crate::Instance::memory).
    pub fn cells(&self) -> &'a [Cell<u8>] {
        let mut size = 0;
        let start = unsafe { sys::wasm2obj_memory_data(self.memory.as_ptr(), &mut size) };
        unsafe { slice_of(start.cast(), size) }
    }

    /// Adds pages, and returns their number before. Fails beyond the maximum or a limit.
    pub fn grow(&self, pages: u64) -> Result<u64, Error> {
        let mut old = 0;
        check(unsafe { sys::wasm2obj_memory_grow(self.memory.as_ptr(), pages, &mut old) })?;
        Ok(old)
    }
}

/// A table.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    table: NonNull<sys::Table>,
    owner: &'a Owner,
}

impl<'a> Table<'a> {
    pub(crate) fn new(table: NonNull<sys::Table>, owner: &'a Owner) -> Table<'a> {
        Table { table, owner }
    }

    pub(crate) fn as_ptr(&self) -> *const sys::Table {
        self.table.as_ptr()
    }

    /// Returns the type, whose minimum is the present size.
    pub fn kind(&self) -> Result<ExternType, Error> {
        type_of(|raw| unsafe { sys::wasm2obj_table_type(self.table.as_ptr(), raw) })
    }

    /// Returns the number of elements.
    pub fn len(&self) -> u64 {
        unsafe { sys::wasm2obj_table_size(self.table.as_ptr()) }
    }

    /// Returns whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns an element. Fails if there is no such element.
    pub fn get(&self, index: u64) -> Result<Option<Ref<'a>>, Error> {
        let mut reference = null_mut();
        let table = self.table.as_ptr();
        check(unsafe { sys::wasm2obj_table_get(table, index, &mut reference) })?;
        Ok(unsafe { Ref::from_raw(reference, self.owner) })
    }

    /// Changes an element. Fails likewise, and if the reference is of another type.
    pub fn set(&self, index: u64, reference: Option<&Ref<'_>>) -> Result<(), Error> {
        let table = self.table.as_ptr();
        check(unsafe { sys::wasm2obj_table_set(table, index, raw_of(reference)) })
    }

    /// Adds elements, and returns their number before. Fails beyond the maximum or a limit.
    pub fn grow(&self, count: u64, initial: Option<&Ref<'_>>) -> Result<u64, Error> {
        let mut old = 0;
        let table = self.table.as_ptr();
        check(unsafe { sys::wasm2obj_table_grow(table, count, raw_of(initial), &mut old) })?;
        Ok(old)
    }
}

/// A global.
#[derive(Clone, Copy)]
pub struct Global<'a> {
    global: NonNull<sys::Global>,
    owner: &'a Owner,
}

impl<'a> Global<'a> {
    pub(crate) fn new(global: NonNull<sys::Global>, owner: &'a Owner) -> Global<'a> {
        Global { global, owner }
    }

    pub(crate) fn as_ptr(&self) -> *const sys::Global {
        self.global.as_ptr()
    }

    /// Returns the type.
    pub fn kind(&self) -> Result<ExternType, Error> {
        type_of(|raw| unsafe { sys::wasm2obj_global_type(self.global.as_ptr(), raw) })
    }

    /// Returns the value.
    pub fn get(&self) -> Result<Value<'a>, Error> {
        let mut raw = ZERO;
        check(unsafe { sys::wasm2obj_global_get(self.global.as_ptr(), &mut raw) })?;
        Ok(unsafe { Value::from_raw(raw, self.owner) })
    }

    /// Changes the value. Fails if the global is immutable or the value has another type.
    pub fn set(&self, value: &Value<'_>) -> Result<(), Error> {
        check(unsafe { sys::wasm2obj_global_set(self.global.as_ptr(), &value.to_raw()) })
    }
}

/// A tag of exceptions.
#[derive(Clone, Copy)]
pub struct Tag<'a> {
    tag: NonNull<sys::Tag>,
    owner: &'a Owner,
}

impl<'a> Tag<'a> {
    pub(crate) fn new(tag: NonNull<sys::Tag>, owner: &'a Owner) -> Tag<'a> {
        Tag { tag, owner }
    }

    pub(crate) fn as_ptr(&self) -> *const sys::Tag {
        self.tag.as_ptr()
    }

    /// Returns the type, whose function has the arguments of exceptions as its parameters.
    pub fn kind(&self) -> Result<ExternType, Error> {
        type_of(|raw| unsafe { sys::wasm2obj_tag_type(self.tag.as_ptr(), raw) })
    }

    /// Makes an exception. Fails if the arguments do not fit.
    pub fn exception(&self, arguments: &[Value<'_>]) -> Result<Ref<'a>, Error> {
        let raw: Vec<sys::Value> = arguments.iter().map(Value::to_raw).collect();
        let mut exception = null_mut();
        let tag = self.tag.as_ptr();
        let error =
            unsafe { sys::wasm2obj_exception_new(tag, raw.as_ptr(), raw.len(), &mut exception) };
        let made = check(error).map(|()| unsafe { Ref::from_raw(exception, self.owner) });
        panics::resumed(made.map(|made| made.expect("a reference")))
    }

    /// Returns whether it is the tag of an exception.
    pub fn is_of(&self, exception: &Ref<'_>) -> bool {
        unsafe { sys::wasm2obj_ref_has_tag(exception.as_ptr(), self.tag.as_ptr()) }
    }
}
