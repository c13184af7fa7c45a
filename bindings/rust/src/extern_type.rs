//! The types of imports and exports, and what a module was made of.

use std::os::raw::c_char;
use std::slice;

use crate::error::to_string;
use crate::sys;

/// The kind of an import or export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternKind {
    Function,
    Table,
    Memory,
    Global,
    Tag,
}

/// The type of an import, an export or an object.
///
/// Types of values are letters: `i`, `I`, `f` and `F` are i32, i64, f32 and f64, `v` is v128, `x`
/// externref, `c` funcref, and `r` any other reference type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternType {
    pub kind: ExternKind,
    /// The whole type for people.
    pub text: String,
    /// The type of a function, or the parameters of a tag, as `(iI)f`.
    pub function: Option<String>,
    /// The type of a global, or of the elements of a table.
    pub value: Option<char>,
    /// Whether a global is mutable.
    pub is_mutable: bool,
    /// Whether the addresses of a memory or the indices of a table are i64.
    pub is_64: bool,
    /// Whether a memory is shared.
    pub is_shared: bool,
    /// The size of a page of a memory, in bytes.
    pub page_size: u32,
    /// The size of a memory in pages, or of a table.
    pub minimum: u64,
    pub maximum: Option<u64>,
}

impl ExternType {
    /// # Safety
    /// The strings must be valid.
    pub(crate) unsafe fn from_raw(raw: &sys::ExternType) -> ExternType {
        ExternType {
            kind: match raw.kind {
                0 => ExternKind::Function,
                1 => ExternKind::Table,
                2 => ExternKind::Memory,
                3 => ExternKind::Global,
                _ => ExternKind::Tag,
            },
            text: to_string(raw.text),
            function: (!raw.function.is_null()).then(|| to_string(raw.function)),
            value: (raw.value != 0).then_some(raw.value as u8 as char),
            is_mutable: raw.is_mutable,
            is_64: raw.is_64,
            is_shared: raw.is_shared,
            page_size: raw.page_size,
            minimum: raw.min,
            maximum: raw.has_max.then_some(raw.max),
        }
    }

    pub(crate) const EMPTY: sys::ExternType = sys::ExternType {
        kind: 0,
        function: std::ptr::null::<c_char>(),
        text: std::ptr::null::<c_char>(),
        value: 0,
        is_mutable: false,
        is_64: false,
        is_shared: false,
        has_max: false,
        page_size: 0,
        min: 0,
        max: 0,
    };
}

/// What a module imports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub module: String,
    pub name: String,
    pub kind: ExternType,
}

/// What a module exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub name: String,
    pub kind: ExternType,
}

/// What a module was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// In the name section; empty if it has none.
    pub name: String,
    /// For which the code that is used was compiled.
    pub cpu: String,
    /// The SHA-256 of the module in the binary format.
    pub source_sha256: [u8; 32],
    /// The version of wasm2obj.
    pub compiler_version: [u32; 3],
    pub abi_version: u32,
    /// The number of functions, without imports.
    pub function_count: u64,
    /// The size of their code in bytes.
    pub code_size: u64,
    /// Whether a start function runs when it is instantiated.
    pub has_start: bool,
}

impl Facts {
    /// # Safety
    /// The strings must be valid.
    pub(crate) unsafe fn from_raw(raw: &sys::Facts) -> Facts {
        Facts {
            name: to_string(raw.name),
            cpu: to_string(raw.cpu),
            source_sha256: raw.source_sha256,
            compiler_version: raw.compiler_version,
            abi_version: raw.abi_version,
            function_count: raw.function_count,
            code_size: raw.code_size,
            has_start: raw.has_start,
        }
    }
}

/// Returns an array of the library, whose pointer may be null if it is empty.
///
/// # Safety
/// It must be valid.
pub(crate) unsafe fn slice_of<'a, T>(first: *const T, count: usize) -> &'a [T] {
    if count == 0 {
        &[]
    } else {
        slice::from_raw_parts(first, count)
    }
}
