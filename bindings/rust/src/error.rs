//! Errors.

use std::ffi::{CStr, CString};
use std::fmt;
use std::io;
use std::os::raw::c_char;

use crate::sys;

/// The kinds of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// An argument is invalid, cannot be read, or exceeds a limit.
    Use,
    /// The guest trapped.
    Trap,
    /// The guest called `proc_exit` with this status.
    Exit(i32),
    /// The guest threw an exception that it did not catch: see `Instance::take_exception`.
    Exception,
    /// An [`Interrupter`](crate::Interrupter) or a time limit ended the call.
    Interrupted,
    /// The guest has consumed the fuel that `Instance::set_fuel` has given.
    OutOfFuel,
}

/// The reason why a function failed. `Display` prints a text for people; that of a trap or an
/// exception has a backtrace.
#[derive(Clone, Debug)]
pub struct Error {
    kind: ErrorKind,
    text: String,
}

impl Error {
    /// Returns the kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the text without the backtrace.
    pub fn message(&self) -> &str {
        self.text.lines().next().unwrap_or("")
    }

    /// Returns the lines of the backtrace, one for each frame.
    pub fn backtrace(&self) -> impl Iterator<Item = &str> {
        self.text.lines().skip(1).map(str::trim)
    }

    /// Returns an error of a function that a guest calls, which traps then.
    pub fn trap(message: impl Into<String>) -> Error {
        Error { kind: ErrorKind::Trap, text: message.into() }
    }

    /// Returns an error of a function that a guest calls, which exits then.
    pub fn exit(status: i32) -> Error {
        Error { kind: ErrorKind::Exit(status), text: format!("exit with status {status}") }
    }

    pub(crate) fn of_use(text: impl Into<String>) -> Error {
        Error { kind: ErrorKind::Use, text: text.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::of_use(error.to_string())
    }
}

/// An error of the library.
pub(crate) struct Raw(*mut sys::Error);

impl Raw {
    /// Returns the exception of an error, which the caller owns, or null.
    pub(crate) fn exception(&self) -> *mut sys::Ref {
        unsafe { sys::wasm2obj_ref_new_copy(sys::wasm2obj_error_exception(self.0)) }
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        unsafe { sys::wasm2obj_error_delete(self.0) }
    }
}

impl From<&Raw> for Error {
    fn from(raw: &Raw) -> Error {
        let kind = match unsafe { sys::wasm2obj_error_kind(raw.0) } {
            sys::ERROR_TRAP => ErrorKind::Trap,
            sys::ERROR_EXIT => ErrorKind::Exit(unsafe { sys::wasm2obj_error_exit_status(raw.0) }),
            sys::ERROR_EXCEPTION => ErrorKind::Exception,
            sys::ERROR_INTERRUPTED => ErrorKind::Interrupted,
            sys::ERROR_OUT_OF_FUEL => ErrorKind::OutOfFuel,
            _ => ErrorKind::Use,
        };
        Error { kind, text: unsafe { to_string(sys::wasm2obj_error_text(raw.0)) } }
    }
}

/// Takes over what a function of the library has returned: null or an error.
pub(crate) fn check_raw(error: *mut sys::Error) -> Result<(), Raw> {
    if error.is_null() {
        Ok(())
    } else {
        Err(Raw(error))
    }
}

/// Likewise, for errors whose exception nobody can use.
pub(crate) fn check(error: *mut sys::Error) -> Result<(), Error> {
    check_raw(error).map_err(|raw| Error::from(&raw))
}

/// Copies a string of the library.
///
/// # Safety
/// It must be a valid string.
pub(crate) unsafe fn to_string(text: *const c_char) -> String {
    CStr::from_ptr(text).to_string_lossy().into_owned()
}

/// Returns a string for the library. Fails if it has a NUL, at which it would end there.
pub(crate) fn c_string(text: impl Into<Vec<u8>>) -> Result<CString, Error> {
    CString::new(text).map_err(|_| Error::of_use("the string contains a NUL"))
}
