//! Values of WebAssembly, and the types of Rust that are values.

use std::os::raw::c_int;
use std::ptr::null_mut;

use crate::owner::Owner;
use crate::reference::Ref;
use crate::sys;

/// The types of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    I32,
    I64,
    F32,
    F64,
    V128,
    /// Any reference type.
    Ref,
}

impl Type {
    pub(crate) fn from_raw(kind: c_int) -> Type {
        match kind {
            sys::I32 => Type::I32,
            sys::I64 => Type::I64,
            sys::F32 => Type::F32,
            sys::F64 => Type::F64,
            sys::V128 => Type::V128,
            _ => Type::Ref,
        }
    }
}

/// A value of any type.
#[derive(Debug)]
pub enum Value<'a> {
    I32(i32),
    I64(i64),
    F32(f32),
    F64(f64),
    /// The lanes in little-endian order, lane 0 first.
    V128([u8; 16]),
    /// `None` is the null reference.
    Ref(Option<Ref<'a>>),
}

pub(crate) const ZERO: sys::Value = sys::Value { kind: sys::I32, of: sys::Of { i32: 0 } };

impl<'a> Value<'a> {
    /// Returns the value for the library, with a reference that is borrowed.
    pub(crate) fn to_raw(&self) -> sys::Value {
        match self {
            Value::I32(value) => value.to_raw(),
            Value::I64(value) => value.to_raw(),
            Value::F32(value) => value.to_raw(),
            Value::F64(value) => value.to_raw(),
            Value::V128(value) => value.to_raw(),
            Value::Ref(value) => value.to_raw(),
        }
    }

    /// Returns the value for the library, whose reference belongs to that.
    pub(crate) fn into_raw(self) -> sys::Value {
        match self {
            Value::Ref(Some(reference)) => {
                let reference = reference.into_raw();
                sys::Value { kind: sys::REF, of: sys::Of { reference } }
            }
            other => other.to_raw(),
        }
    }

    /// Copies a value that is borrowed from the library.
    ///
    /// # Safety
    /// A reference in it must be valid and of the owner's store.
    pub(crate) unsafe fn copy_of(raw: &sys::Value, owner: &'a Owner) -> Value<'a> {
        let mut copy = *raw;
        if copy.kind == sys::REF {
            copy.of.reference = sys::wasm2obj_ref_new_copy(copy.of.reference);
        }
        Value::from_raw(copy, owner)
    }

    /// Takes over a value of the library.
    ///
    /// # Safety
    /// A reference in it must be valid and of the owner's store.
    pub(crate) unsafe fn from_raw(raw: sys::Value, owner: &'a Owner) -> Value<'a> {
        match Type::from_raw(raw.kind) {
            Type::I32 => Value::I32(raw.of.i32),
            Type::I64 => Value::I64(raw.of.i64),
            Type::F32 => Value::F32(raw.of.f32),
            Type::F64 => Value::F64(raw.of.f64),
            Type::V128 => Value::V128(raw.of.v128),
            Type::Ref => Value::Ref(Ref::from_raw(raw.of.reference, owner)),
        }
    }
}

mod sealed {
    pub trait Sealed {}
}
use sealed::Sealed;

/// A type of Rust whose values are values of one type: `i32` and `u32`, `i64` and `u64`, `f32`,
/// `f64`, `[u8; 16]` for v128, and `Option<Ref>`.
pub trait Typed<'a>: Sealed + Sized {
    /// The type of the values.
    const TYPE: Type;
    #[doc(hidden)]
    fn to_raw(&self) -> sys::Value;
    #[doc(hidden)]
    unsafe fn from_raw(raw: sys::Value, owner: &'a Owner) -> Self;
}

macro_rules! typed {
    ($($rust:ty, $kind:ident, $constant:ident, $member:ident, $as:ty;)*) => {$(
        impl Sealed for $rust {}
        impl<'a> Typed<'a> for $rust {
            const TYPE: Type = Type::$kind;
            fn to_raw(&self) -> sys::Value {
                sys::Value { kind: sys::$constant, of: sys::Of { $member: *self as $as } }
            }
            unsafe fn from_raw(raw: sys::Value, _: &'a Owner) -> $rust {
                raw.of.$member as $rust
            }
        }
    )*};
}

typed! {
    i32, I32, I32, i32, i32;
    u32, I32, I32, i32, i32;
    i64, I64, I64, i64, i64;
    u64, I64, I64, i64, i64;
    f32, F32, F32, f32, f32;
    f64, F64, F64, f64, f64;
    [u8; 16], V128, V128, v128, [u8; 16];
}

impl Sealed for Option<Ref<'_>> {}
impl<'a> Typed<'a> for Option<Ref<'a>> {
    const TYPE: Type = Type::Ref;
    fn to_raw(&self) -> sys::Value {
        let reference = self.as_ref().map_or(null_mut(), Ref::as_ptr);
        sys::Value { kind: sys::REF, of: sys::Of { reference } }
    }
    unsafe fn from_raw(raw: sys::Value, owner: &'a Owner) -> Option<Ref<'a>> {
        Ref::from_raw(raw.of.reference, owner)
    }
}

/// The parameters of a function: a tuple of at most eight types.
pub trait Params<'a>: Sealed {
    #[doc(hidden)]
    const TYPES: &'static [Type];
    #[doc(hidden)]
    type Raw: AsRef<[sys::Value]>;
    #[doc(hidden)]
    fn to_raw(&self) -> Self::Raw;
}

/// The results of a function: `()`, a type, or a tuple of at most eight types.
pub trait Results<'a>: Sized {
    #[doc(hidden)]
    fn types() -> Vec<Type>;
    #[doc(hidden)]
    type Raw: AsMut<[sys::Value]>;
    #[doc(hidden)]
    const EMPTY: Self::Raw;
    #[doc(hidden)]
    unsafe fn from_raw(raw: Self::Raw, owner: &'a Owner) -> Self;
}

impl<'a, T: Typed<'a>> Results<'a> for T {
    fn types() -> Vec<Type> {
        vec![T::TYPE]
    }
    type Raw = [sys::Value; 1];
    const EMPTY: [sys::Value; 1] = [ZERO];
    unsafe fn from_raw([raw]: [sys::Value; 1], owner: &'a Owner) -> T {
        T::from_raw(raw, owner)
    }
}

macro_rules! tuple {
    ($count:literal $($name:ident)*) => {
        impl<$($name),*> Sealed for ($($name,)*) {}

        #[allow(non_snake_case)]
        impl<'a, $($name: Typed<'a>),*> Params<'a> for ($($name,)*) {
            const TYPES: &'static [Type] = &[$($name::TYPE),*];
            type Raw = [sys::Value; $count];
            fn to_raw(&self) -> [sys::Value; $count] {
                let ($($name,)*) = self;
                [$($name.to_raw()),*]
            }
        }

        #[allow(non_snake_case, unused_variables, clippy::unused_unit)]
        impl<'a, $($name: Typed<'a>),*> Results<'a> for ($($name,)*) {
            fn types() -> Vec<Type> {
                vec![$($name::TYPE),*]
            }
            type Raw = [sys::Value; $count];
            const EMPTY: [sys::Value; $count] = [ZERO; $count];
            unsafe fn from_raw(raw: [sys::Value; $count], owner: &'a Owner) -> Self {
                let [$($name),*] = raw;
                ($($name::from_raw($name, owner),)*)
            }
        }
    };
}

tuple!(0);
tuple!(1 A);
tuple!(2 A B);
tuple!(3 A B C);
tuple!(4 A B C D);
tuple!(5 A B C D E);
tuple!(6 A B C D E F);
tuple!(7 A B C D E F G);
tuple!(8 A B C D E F G H);

/// A type of Rust whose values are numbers or vectors of one type: those of [`Typed`] without
/// references.
pub trait Number: Sealed + Copy {
    #[doc(hidden)]
    const LETTER: char;
    #[doc(hidden)]
    fn number_to_raw(self) -> sys::Value;
    #[doc(hidden)]
    unsafe fn number_from_raw(raw: sys::Value) -> Self;
}

macro_rules! number {
    ($($rust:ty, $letter:literal, $member:ident;)*) => {$(
        impl Number for $rust {
            const LETTER: char = $letter;
            fn number_to_raw(self) -> sys::Value {
                Typed::to_raw(&self)
            }
            unsafe fn number_from_raw(raw: sys::Value) -> $rust {
                raw.of.$member as $rust
            }
        }
    )*};
}

number! {
    i32, 'i', i32;
    u32, 'i', i32;
    i64, 'I', i64;
    u64, 'I', i64;
    f32, 'f', f32;
    f64, 'F', f64;
    [u8; 16], 'v', v128;
}

/// The parameters or the results of a function of the program: `()`, a [`Number`], or a tuple of at
/// most eight.
pub trait Numbers: Sized {
    #[doc(hidden)]
    fn letters() -> String;
    #[doc(hidden)]
    unsafe fn load(raw: &[sys::Value]) -> Self;
    #[doc(hidden)]
    fn store(self, raw: &mut [sys::Value]);
}

impl<T: Number> Numbers for T {
    fn letters() -> String {
        T::LETTER.to_string()
    }
    unsafe fn load(raw: &[sys::Value]) -> T {
        T::number_from_raw(raw[0])
    }
    fn store(self, raw: &mut [sys::Value]) {
        raw[0] = self.number_to_raw();
    }
}

macro_rules! numbers {
    ($($name:ident)*) => {
        #[allow(non_snake_case, unused_variables, unused_mut, clippy::unused_unit)]
        impl<$($name: Number),*> Numbers for ($($name,)*) {
            fn letters() -> String {
                let letters: &[char] = &[$($name::LETTER),*];
                letters.iter().collect()
            }
            unsafe fn load(raw: &[sys::Value]) -> Self {
                let mut next = raw.iter();
                ($($name::number_from_raw(*next.next().expect("an argument")),)*)
            }
            fn store(self, raw: &mut [sys::Value]) {
                let ($($name,)*) = self;
                let mut next = raw.iter_mut();
                $(*next.next().expect("a result") = $name.number_to_raw();)*
            }
        }
    };
}

numbers!();
numbers!(A);
numbers!(A B);
numbers!(A B C);
numbers!(A B C D);
numbers!(A B C D E);
numbers!(A B C D E F);
numbers!(A B C D E F G);
numbers!(A B C D E F G H);
