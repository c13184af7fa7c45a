//! References to objects and functions of guests, and to values of the program.

use std::any::Any;
use std::fmt;
use std::mem::ManuallyDrop;
use std::ptr::{null_mut, NonNull};

use crate::error::{check, to_string, Error};
use crate::function::Function;
use crate::instance::HostValue;
use crate::owner::Owner;
use crate::sys;
use crate::value::{Type, Value, ZERO};

/// The owner of a reference of the library.
pub(crate) struct RefHandle(NonNull<sys::Ref>);

impl RefHandle {
    pub(crate) fn new(reference: NonNull<sys::Ref>) -> RefHandle {
        RefHandle(reference)
    }
}

impl RefHandle {
    /// Gives the reference away.
    pub(crate) fn into_raw(self) -> *mut sys::Ref {
        ManuallyDrop::new(self).0.as_ptr()
    }
}

impl Drop for RefHandle {
    fn drop(&mut self) {
        unsafe { sys::wasm2obj_ref_delete(self.0.as_ptr()) }
    }
}

/// What a reference refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefKind {
    /// An integer of 31 bits.
    I31,
    Struct,
    Array,
    Function,
    Exception,
    /// A value of the program.
    Host,
    /// A string of the JS string builtins.
    String,
}

/// The type of a part of an object. Those of 1 or 2 bytes (i8 and i16) are I32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub kind: Type,
    /// The size of the part in the object.
    pub bytes: u32,
    pub is_mutable: bool,
}

/// A reference that is not null, and keeps what it refers to alive. It belongs to an instance, and
/// is only accepted by that and by others of its [`Store`](crate::Store). `==` tells whether two refer to the same.
///
/// The parts of an object are the fields of a struct, the elements of an array or the arguments of
/// an exception.
pub struct Ref<'a> {
    handle: RefHandle,
    owner: &'a Owner,
}

impl<'a> Ref<'a> {
    pub(crate) fn new(handle: RefHandle, owner: &'a Owner) -> Ref<'a> {
        Ref { handle, owner }
    }

    /// Takes over a reference of the library, which may be null.
    ///
    /// # Safety
    /// It must be valid and of the owner's store.
    pub(crate) unsafe fn from_raw(raw: *mut sys::Ref, owner: &'a Owner) -> Option<Ref<'a>> {
        NonNull::new(raw).map(|raw| Ref::new(RefHandle(raw), owner))
    }

    pub(crate) fn as_ptr(&self) -> *mut sys::Ref {
        self.handle.0.as_ptr()
    }

    /// Gives the reference away.
    pub(crate) fn into_raw(self) -> *mut sys::Ref {
        self.handle.into_raw()
    }

    pub(crate) fn owner(&self) -> &'a Owner {
        self.owner
    }

    /// Returns the kind of what it refers to.
    pub fn kind(&self) -> RefKind {
        match unsafe { sys::wasm2obj_ref_kind(self.as_ptr()) } {
            1 => RefKind::I31,
            2 => RefKind::Struct,
            3 => RefKind::Array,
            4 => RefKind::Function,
            5 => RefKind::Exception,
            6 => RefKind::Host,
            _ => RefKind::String,
        }
    }

    /// Returns the integer of an i31, sign-extended.
    pub fn i31(&self) -> Option<i32> {
        let value = unsafe { sys::wasm2obj_ref_i31(self.as_ptr()) };
        (self.kind() == RefKind::I31).then_some(value)
    }

    /// Returns the value of the program that it refers to, if it is of this type.
    pub fn host<T: Any>(&self) -> Option<&T> {
        let pointer = unsafe { sys::wasm2obj_ref_host(self.as_ptr()) };
        // The library has no other pointers than those of `Instance::host`. The value lives as long
        // as the reference.
        let value = unsafe { pointer.cast::<HostValue>().as_ref() }?;
        (**value).downcast_ref()
    }

    /// Returns the text of a string, in which unpaired surrogates are U+FFFD.
    pub fn string(&self) -> Option<String> {
        if self.kind() != RefKind::String {
            return None;
        }
        let size = unsafe { sys::wasm2obj_ref_string(self.as_ptr(), null_mut(), 0) };
        let mut text = vec![0; size];
        unsafe { sys::wasm2obj_ref_string(self.as_ptr(), text.as_mut_ptr().cast(), size) };
        Some(String::from_utf8_lossy(&text).into_owned())
    }

    /// Returns the function, if it refers to one.
    pub fn into_function(self) -> Result<Function<'a>, Error> {
        Function::new(self)
    }

    /// Returns the name of the export that is the tag of an exception, or "tag[INDEX]".
    pub fn tag(&self) -> Option<String> {
        let tag = unsafe { sys::wasm2obj_ref_tag(self.as_ptr()) };
        (!tag.is_null()).then(|| unsafe { to_string(tag) })
    }

    /// Returns the number of parts, 0 if it does not refer to an object.
    pub fn len(&self) -> usize {
        unsafe { sys::wasm2obj_ref_size(self.as_ptr()) }
    }

    /// Returns whether there are no parts.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the type of a part. Fails if there is no such part.
    pub fn part(&self, index: usize) -> Result<Part, Error> {
        let mut part = sys::Part { kind: sys::I32, bytes: 0, is_mutable: false };
        check(unsafe { sys::wasm2obj_ref_part(self.as_ptr(), index, &mut part) })?;
        let kind = Type::from_raw(part.kind);
        Ok(Part { kind, bytes: part.bytes, is_mutable: part.is_mutable })
    }

    /// Returns a part; i8 and i16 are zero-extended. Fails if there is no such part.
    pub fn get(&self, index: usize) -> Result<Value<'a>, Error> {
        let mut value = ZERO;
        check(unsafe { sys::wasm2obj_ref_get(self.as_ptr(), index, &mut value) })?;
        Ok(unsafe { Value::from_raw(value, self.owner) })
    }

    /// Changes a part; of an i32 for i8 and i16 the higher bits are ignored. Fails if there is no
    /// such part, if it is immutable, or if the value has another type.
    pub fn set(&self, index: usize, value: &Value<'_>) -> Result<(), Error> {
        check(unsafe { sys::wasm2obj_ref_set(self.as_ptr(), index, &value.to_raw()) })
    }
}

/// Another reference to the same.
impl Clone for Ref<'_> {
    fn clone(&self) -> Self {
        let copy = unsafe { sys::wasm2obj_ref_new_copy(self.as_ptr()) };
        unsafe { Ref::from_raw(copy, self.owner) }.expect("a copy of what is not null")
    }
}

impl PartialEq for Ref<'_> {
    fn eq(&self, other: &Self) -> bool {
        unsafe { sys::wasm2obj_ref_is_same(self.as_ptr(), other.as_ptr()) }
    }
}

impl fmt::Debug for Ref<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Ref").field(&self.kind()).finish()
    }
}
