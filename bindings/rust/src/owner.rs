//! What references and objects belong to.

use std::cell::RefCell;
use std::ptr::NonNull;

use crate::error::{check_raw, Error};
use crate::reference::RefHandle;
use crate::sys;

/// A part of an instance or of a store, with which its references are used: it has the exception of
/// the call that has failed last.
pub struct Owner {
    exception: RefCell<Option<RefHandle>>,
}

impl Owner {
    pub(crate) fn new() -> Owner {
        Owner { exception: RefCell::new(None) }
    }

    /// Takes over what a call has returned, and keeps its exception.
    pub(crate) fn check(&self, error: *mut sys::Error) -> Result<(), Error> {
        check_raw(error).map_err(|raw| {
            let exception = NonNull::new(raw.exception()).map(RefHandle::new);
            *self.exception.borrow_mut() = exception;
            Error::from(&raw)
        })
    }

    /// Gives the exception away.
    pub(crate) fn take_exception(&self) -> Option<RefHandle> {
        self.exception.borrow_mut().take()
    }
}
