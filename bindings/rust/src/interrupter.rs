//! The interruption of guests by other threads.

use std::sync::{Arc, Mutex, PoisonError};

use crate::sys;

/// Interrupts the guest of an instance, or those of a store. May be used by any thread at any time.
#[derive(Clone)]
pub struct Interrupter(Arc<Mutex<Target>>);

/// What is interrupted: nothing once it is being deleted.
pub(crate) enum Target {
    Instance(*mut sys::Instance),
    Store(*mut sys::Store),
    Nothing,
}

// Other threads only interrupt it.
unsafe impl Send for Target {}

impl Interrupter {
    pub(crate) fn new(target: Target) -> Interrupter {
        Interrupter(Arc::new(Mutex::new(target)))
    }

    /// Ends the call of the guest, which fails with [`ErrorKind::Interrupted`](crate::ErrorKind),
    /// as does every later one of the instance and of others of its store. Has no effect after the
    /// instance, or the store, has been dropped.
    pub fn interrupt(&self) {
        match *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Target::Instance(instance) => unsafe { sys::wasm2obj_instance_interrupt(instance) },
            Target::Store(store) => unsafe { sys::wasm2obj_store_interrupt(store) },
            Target::Nothing => {}
        }
    }

    pub(crate) fn end(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Target::Nothing;
    }
}
