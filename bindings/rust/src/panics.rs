//! Panics of functions that the library calls, which must not unwind it.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};

thread_local! {
    /// The first panic of a function that was called by the innermost call into the library.
    static PENDING: RefCell<Option<Box<dyn Any + Send>>> = RefCell::new(None);
}

/// Calls a function for the library. If it panics, returns nothing, and `resumed` goes on with
/// the panic.
pub(crate) fn caught<R>(function: impl FnOnce() -> R) -> Option<R> {
    catch_unwind(AssertUnwindSafe(function)).map_err(keep).ok()
}

fn keep(panic: Box<dyn Any + Send>) {
    // There is no slot when the thread ends, and then no one to go on with the panic.
    let _ = PENDING.try_with(|pending| {
        pending.borrow_mut().get_or_insert(panic);
    });
}

/// Goes on with the panic of a function that the library has called; `result` is dropped then. For
/// all callers of functions of the library that call functions of the program.
pub(crate) fn resumed<R>(result: R) -> R {
    let pending = PENDING.try_with(|pending| pending.borrow_mut().take());
    if let Ok(Some(panic)) = pending {
        if !std::thread::panicking() {
            drop(result);
            resume_unwind(panic);
        }
    }
    result
}
