//! What guests are granted by WASI.

use std::io;
use std::ops::RangeInclusive;
use std::os::raw::{c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::io::{AsFd, AsRawFd, OwnedFd};
use std::path::Path;
use std::ptr::NonNull;
use std::slice;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::error::{c_string, Error};
use crate::panics;
use crate::sys;

/// The standard streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Stdin = 0,
    Stdout = 1,
    Stderr = 2,
}

const ENOSPC: c_int = 28;
const EIO: c_int = 5;

/// Locks also what another thread has left while it panicked: each change of it is complete.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Collects what guests write, up to a limit. Clones are the same buffer.
#[derive(Clone)]
pub struct Buffer {
    contents: Arc<Mutex<Vec<u8>>>,
    limit: usize,
}

impl Buffer {
    /// Returns an empty buffer for at most `limit` bytes. When it is full, writes fail with the
    /// errno `nospc`.
    pub fn new(limit: usize) -> Buffer {
        Buffer { contents: Arc::default(), limit }
    }

    /// Returns what has been written so far.
    pub fn bytes(&self) -> Vec<u8> {
        lock(&self.contents).clone()
    }

    /// Returns that as text, in which ill-formed parts are U+FFFD.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&lock(&self.contents)).into_owned()
    }

    fn write(&self, from: &[u8]) -> io::Result<usize> {
        let mut contents = lock(&self.contents);
        let count = from.len().min(self.limit - contents.len());
        if count == 0 {
            return Err(io::Error::from_raw_os_error(ENOSPC));
        }
        contents.extend_from_slice(&from[..count]);
        Ok(count)
    }
}

type ReadFunction = Box<dyn Fn(&mut [u8]) -> io::Result<usize> + Send + Sync>;
type WriteFunction = Box<dyn Fn(&[u8]) -> io::Result<usize> + Send + Sync>;

/// The arguments, variables, files and other capabilities that guests are granted, for any number
/// of instances. At first these are the clocks and the random numbers of the host; the standard
/// input is empty, and what is written to the other streams is discarded.
///
/// Functions of streams run on the guest's stack, of which at least 256 KiB are free. If one
/// panics, the guest's call fails, and the panic goes on when the guest returns.
pub struct Wasi {
    wasi: NonNull<sys::Wasi>,
    fds: Vec<Arc<OwnedFd>>,
}

// It is only changed through a unique reference, and its functions may be called by any thread.
unsafe impl Send for Wasi {}
unsafe impl Sync for Wasi {}

impl Wasi {
    /// Returns an object that grants only what is mentioned above.
    pub fn new() -> Wasi {
        let wasi = NonNull::new(unsafe { sys::wasm2obj_wasi_new() }).expect("a new object");
        Wasi { wasi, fds: Vec::new() }
    }

    /// Appends an argument. The first one is the name of the program.
    pub fn argument(&mut self, value: &str) -> Result<&mut Wasi, Error> {
        let value = c_string(value)?;
        unsafe { sys::wasm2obj_wasi_argument(self.raw(), value.as_ptr()) }
        Ok(self)
    }

    /// Appends an environment variable, which should not have been appended before.
    pub fn variable(&mut self, name: &str, value: &str) -> Result<&mut Wasi, Error> {
        let (name, value) = (c_string(name)?, c_string(value)?);
        unsafe { sys::wasm2obj_wasi_variable(self.raw(), name.as_ptr(), value.as_ptr()) }
        Ok(self)
    }

    /// Grants a directory and everything below it, under the name `guest` and for reading only.
    pub fn directory_to_read(
        &mut self,
        host: impl AsRef<Path>,
        guest: &str,
    ) -> Result<&mut Wasi, Error> {
        self.grant(host.as_ref(), guest, true)
    }

    /// Grants a directory and everything below it, under the name `guest`.
    pub fn directory(&mut self, host: impl AsRef<Path>, guest: &str) -> Result<&mut Wasi, Error> {
        self.grant(host.as_ref(), guest, false)
    }

    /// Grants a listening or connected socket, of which it makes a duplicate.
    pub fn socket(&mut self, socket: impl AsFd) -> Result<&mut Wasi, Error> {
        let fd = self.duplicate(socket)?;
        unsafe { sys::wasm2obj_wasi_socket(self.raw(), fd) }
        Ok(self)
    }

    /// Replaces the clocks by ones that do not depend on the host. The real-time clock begins at
    /// `start`, in nanoseconds since 1970, the others at 0; each reading advances all by `step`.
    pub fn pin_clocks(&mut self, start: u64, step: u64) -> &mut Wasi {
        unsafe { sys::wasm2obj_wasi_pin_clocks(self.raw(), start, step) }
        self
    }

    /// Replaces the random numbers by a sequence that depends only on `seed`.
    pub fn pin_random(&mut self, seed: u64) -> &mut Wasi {
        unsafe { sys::wasm2obj_wasi_pin_random(self.raw(), seed) }
        self
    }

    /// Sets the number of descriptors that a guest may have open at a time, 1024 at first.
    pub fn max_files(&mut self, count: u32) -> &mut Wasi {
        unsafe { sys::wasm2obj_wasi_max_files(self.raw(), count) }
        self
    }

    /// Prints every call of WASI to a duplicate of this descriptor.
    pub fn trace(&mut self, file: impl AsFd) -> Result<&mut Wasi, Error> {
        let fd = self.duplicate(file)?;
        unsafe { sys::wasm2obj_wasi_trace(self.raw(), fd) }
        Ok(self)
    }

    /// Connects a stream with a duplicate of a file, pipe, socket or terminal.
    pub fn stream(&mut self, which: Stream, file: impl AsFd) -> Result<&mut Wasi, Error> {
        let fd = self.duplicate(file)?;
        unsafe { sys::wasm2obj_wasi_stream_fd(self.raw(), which as c_int, fd) }
        Ok(panics::resumed(self))
    }

    /// Connects a stream with a file, which each instance opens anew. An output file is created or
    /// truncated.
    pub fn stream_file(
        &mut self,
        which: Stream,
        path: impl AsRef<Path>,
    ) -> Result<&mut Wasi, Error> {
        let path = c_string(path.as_ref().as_os_str().as_bytes())?;
        unsafe { sys::wasm2obj_wasi_stream_file(self.raw(), which as c_int, path.as_ptr()) }
        Ok(panics::resumed(self))
    }

    /// Connects the standard input with bytes. All instances share one position in them.
    pub fn stdin_bytes(&mut self, bytes: impl Into<Vec<u8>>) -> &mut Wasi {
        let left = Mutex::new(io::Cursor::new(bytes.into()));
        self.stdin_function(move |into| io::Read::read(&mut *lock(&left), into))
    }

    /// Connects the standard input with a function that fills a part of the slice and returns its
    /// size, 0 at the end of the input.
    pub fn stdin_function<F>(&mut self, read: F) -> &mut Wasi
    where
        F: Fn(&mut [u8]) -> io::Result<usize> + Send + Sync + 'static,
    {
        let env = Box::into_raw(Box::new(Box::new(read) as ReadFunction)).cast();
        let finish = Some(drop_function::<ReadFunction> as sys::Finish);
        unsafe { sys::wasm2obj_wasi_stdin_calls(self.raw(), call_read, env, finish) }
        panics::resumed(self)
    }

    /// Connects an output stream with a buffer. Fails for the standard input.
    pub fn output_buffer(&mut self, which: Stream, buffer: &Buffer) -> Result<&mut Wasi, Error> {
        let buffer = buffer.clone();
        self.output_function(which, move |from| buffer.write(from))
    }

    /// Connects an output stream with a function that consumes a part of the slice, at least one
    /// byte, and returns its size. Fails for the standard input.
    pub fn output_function<F>(&mut self, which: Stream, write: F) -> Result<&mut Wasi, Error>
    where
        F: Fn(&[u8]) -> io::Result<usize> + Send + Sync + 'static,
    {
        if which == Stream::Stdin {
            return Err(Error::of_use("the standard input is no output"));
        }
        let env = Box::into_raw(Box::new(Box::new(write) as WriteFunction)).cast();
        let finish = Some(drop_function::<WriteFunction> as sys::Finish);
        let which = which as c_int;
        unsafe { sys::wasm2obj_wasi_stream_calls(self.raw(), which, call_write, env, finish) }
        Ok(panics::resumed(self))
    }

    pub(crate) fn as_ptr(&self) -> *const sys::Wasi {
        self.wasi.as_ptr()
    }

    /// Returns the descriptors that must be open as long as an instance.
    pub(crate) fn fds(&self) -> Vec<Arc<OwnedFd>> {
        self.fds.clone()
    }

    fn raw(&mut self) -> *mut sys::Wasi {
        self.wasi.as_ptr()
    }

    fn grant(&mut self, host: &Path, guest: &str, read_only: bool) -> Result<&mut Wasi, Error> {
        let (host, guest) = (c_string(host.as_os_str().as_bytes())?, c_string(guest)?);
        unsafe {
            sys::wasm2obj_wasi_directory(self.raw(), host.as_ptr(), guest.as_ptr(), read_only)
        }
        Ok(self)
    }

    fn duplicate(&mut self, file: impl AsFd) -> Result<c_int, Error> {
        let fd = file.as_fd().try_clone_to_owned()?;
        self.fds.push(Arc::new(fd));
        Ok(self.fds[self.fds.len() - 1].as_raw_fd())
    }
}

impl Default for Wasi {
    fn default() -> Wasi {
        Wasi::new()
    }
}

impl Drop for Wasi {
    fn drop(&mut self) {
        unsafe { sys::wasm2obj_wasi_delete(self.raw()) }
        panics::resumed(());
    }
}

/// Returns what a function of a stream returns to the library: a number of bytes, which must be one
/// of these, or a negated errno.
fn outcome(result: Option<io::Result<usize>>, allowed: RangeInclusive<usize>) -> isize {
    match result {
        Some(Ok(count)) if allowed.contains(&count) => count as isize,
        Some(Err(error)) => {
            -error.raw_os_error().filter(|errno| *errno > 0).unwrap_or(EIO) as isize
        }
        _ => -EIO as isize,
    }
}

unsafe extern "C" fn call_read(env: *mut c_void, into: *mut c_void, size: usize) -> isize {
    let read = &*env.cast::<ReadFunction>();
    let into = slice::from_raw_parts_mut(into.cast(), size);
    outcome(panics::caught(|| read(into)), 0..=size)
}

unsafe extern "C" fn call_write(env: *mut c_void, from: *const c_void, size: usize) -> isize {
    let write = &*env.cast::<WriteFunction>();
    let from = slice::from_raw_parts(from.cast(), size);
    outcome(panics::caught(|| write(from)), 1..=size)
}

unsafe extern "C" fn drop_function<F>(env: *mut c_void) {
    panics::caught(|| drop(Box::from_raw(env.cast::<F>())));
}
