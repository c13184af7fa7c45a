//! Runs WebAssembly modules that wasm2obj has compiled, with WASI preview 1, in this process.
//!
//! A [`Module`] is loaded from a shared object that wasm2obj has made, and may be used by several
//! threads. An [`Instance`] of it has memory, files and limits of its own, and may be sent to
//! another thread, but not be shared by several. What belongs to it, such as a [`Ref`] or a
//! [`Function`], borrows it.
//!
//! A [`Linker`] defines functions of the program that guests import. Instances that import from
//! each other belong to a [`Store`].
//!
//! Panics of functions that guests call end the guest's call, with an errno if they are those of
//! streams, and go on when the guest returns.

mod error;
mod extern_type;
mod function;
mod instance;
mod interrupter;
mod linker;
mod module;
mod objects;
mod owner;
mod panics;
mod reference;
mod shared_memory;
mod store;
mod sys;
mod value;
mod wasi;

pub use error::{Error, ErrorKind};
pub use extern_type::{Export, ExternKind, ExternType, Facts, Import};
pub use function::{Function, TypedFunction};
pub use instance::Instance;
pub use interrupter::Interrupter;
pub use linker::{Caller, Linker, Prepared};
pub use module::{Account, Keys, Limits, Module};
pub use objects::{Global, Memory, Table, Tag};
pub use reference::{Part, Ref, RefKind};
pub use shared_memory::{SharedMemory, Wait};
pub use store::Store;
pub use value::{Number, Numbers, Params, Results, Type, Typed, Value};
pub use wasi::{Buffer, Stream, Wasi};
