//! The declarations of `wasm2obj.h` that the crate uses.

use std::os::raw::{c_char, c_int, c_void};

/// Declares types whose contents only the library knows.
macro_rules! opaque {
    ($($name:ident)*) => {$(
        #[repr(C)]
        pub struct $name {
            _private: [u8; 0],
        }
    )*};
}

opaque!(Error Ref Wasi Module Keys Limits Instance);

pub const ERROR_TRAP: c_int = 1;
pub const ERROR_EXIT: c_int = 2;
pub const ERROR_EXCEPTION: c_int = 3;
pub const ERROR_INTERRUPTED: c_int = 4;

pub const I32: c_int = 0;
pub const I64: c_int = 1;
pub const F32: c_int = 2;
pub const F64: c_int = 3;
pub const V128: c_int = 4;
pub const REF: c_int = 5;

#[repr(C)]
#[derive(Clone, Copy)]
pub union Of {
    pub i32: i32,
    pub i64: i64,
    pub f32: f32,
    pub f64: f64,
    pub v128: [u8; 16],
    pub reference: *mut Ref,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Value {
    pub kind: c_int,
    pub of: Of,
}

#[repr(C)]
pub struct Part {
    pub kind: c_int,
    pub bytes: u32,
    pub is_mutable: bool,
}

pub type Read = unsafe extern "C" fn(*mut c_void, *mut c_void, usize) -> isize;
pub type Write = unsafe extern "C" fn(*mut c_void, *const c_void, usize) -> isize;
pub type Finish = unsafe extern "C" fn(*mut c_void);

extern "C" {
    pub fn wasm2obj_error_delete(error: *mut Error);
    pub fn wasm2obj_error_kind(error: *const Error) -> c_int;
    pub fn wasm2obj_error_text(error: *const Error) -> *const c_char;
    pub fn wasm2obj_error_exit_status(error: *const Error) -> i32;
    pub fn wasm2obj_error_exception(error: *const Error) -> *const Ref;

    pub fn wasm2obj_wasi_new() -> *mut Wasi;
    pub fn wasm2obj_wasi_delete(wasi: *mut Wasi);
    pub fn wasm2obj_wasi_argument(wasi: *mut Wasi, value: *const c_char);
    pub fn wasm2obj_wasi_variable(wasi: *mut Wasi, name: *const c_char, value: *const c_char);
    pub fn wasm2obj_wasi_directory(
        wasi: *mut Wasi,
        host_path: *const c_char,
        guest_path: *const c_char,
        is_read_only: bool,
    );
    pub fn wasm2obj_wasi_socket(wasi: *mut Wasi, fd: c_int);
    pub fn wasm2obj_wasi_pin_clocks(wasi: *mut Wasi, start: u64, step: u64);
    pub fn wasm2obj_wasi_pin_random(wasi: *mut Wasi, seed: u64);
    pub fn wasm2obj_wasi_max_files(wasi: *mut Wasi, count: u32);
    pub fn wasm2obj_wasi_trace(wasi: *mut Wasi, fd: c_int);
    pub fn wasm2obj_wasi_stream_fd(wasi: *mut Wasi, which: c_int, fd: c_int);
    pub fn wasm2obj_wasi_stream_file(wasi: *mut Wasi, which: c_int, path: *const c_char);
    pub fn wasm2obj_wasi_stdin_calls(
        wasi: *mut Wasi,
        read: Read,
        env: *mut c_void,
        finish: Option<Finish>,
    );
    pub fn wasm2obj_wasi_stream_calls(
        wasi: *mut Wasi,
        which: c_int,
        write: Write,
        env: *mut c_void,
        finish: Option<Finish>,
    );

    pub fn wasm2obj_module_open(path: *const c_char, module: *mut *mut Module) -> *mut Error;
    pub fn wasm2obj_module_open_bytes(
        bytes: *const c_void,
        size: usize,
        module: *mut *mut Module,
    ) -> *mut Error;
    pub fn wasm2obj_keys_new() -> *mut Keys;
    pub fn wasm2obj_keys_delete(keys: *mut Keys);
    pub fn wasm2obj_keys_add(keys: *mut Keys, pem: *const c_char) -> *mut Error;
    pub fn wasm2obj_keys_add_file(keys: *mut Keys, path: *const c_char) -> *mut Error;
    pub fn wasm2obj_module_open_signed(
        path: *const c_char,
        keys: *const Keys,
        module: *mut *mut Module,
    ) -> *mut Error;
    pub fn wasm2obj_module_open_signed_bytes(
        bytes: *const c_void,
        size: usize,
        keys: *const Keys,
        module: *mut *mut Module,
    ) -> *mut Error;
    pub fn wasm2obj_module_delete(module: *mut Module);
    pub fn wasm2obj_module_pool(module: *const Module, instances: usize);

    pub fn wasm2obj_limits_new() -> *mut Limits;
    pub fn wasm2obj_limits_delete(limits: *mut Limits);
    pub fn wasm2obj_limits_set(limits: *mut Limits, which: c_int, value: u64);

    pub fn wasm2obj_instance_new_limited(
        module: *const Module,
        wasi: *const Wasi,
        limits: *const Limits,
        instance: *mut *mut Instance,
    ) -> *mut Error;
    pub fn wasm2obj_instance_delete(instance: *mut Instance);
    pub fn wasm2obj_instance_run(instance: *mut Instance, exit_status: *mut i32) -> *mut Error;
    pub fn wasm2obj_instance_interrupt(instance: *mut Instance);
    pub fn wasm2obj_instance_time_limit(instance: *mut Instance, nanoseconds: u64);
    pub fn wasm2obj_instance_memory(instance: *mut Instance, size: *mut usize) -> *mut c_void;
    pub fn wasm2obj_instance_collect(instance: *mut Instance) -> *mut Error;
    pub fn wasm2obj_instance_function(
        instance: *mut Instance,
        name: *const c_char,
        reference: *mut *mut Ref,
    ) -> *mut Error;

    pub fn wasm2obj_ref_delete(reference: *mut Ref);
    pub fn wasm2obj_ref_new_copy(reference: *const Ref) -> *mut Ref;
    pub fn wasm2obj_ref_kind(reference: *const Ref) -> c_int;
    pub fn wasm2obj_ref_is_same(left: *const Ref, right: *const Ref) -> bool;
    pub fn wasm2obj_ref_new_i31(value: i32) -> *mut Ref;
    pub fn wasm2obj_ref_i31(reference: *const Ref) -> i32;
    pub fn wasm2obj_ref_new_host(
        instance: *mut Instance,
        pointer: *mut c_void,
        finalize: Option<Finish>,
        reference: *mut *mut Ref,
    ) -> *mut Error;
    pub fn wasm2obj_ref_host(reference: *const Ref) -> *mut c_void;
    pub fn wasm2obj_ref_call(
        reference: *const Ref,
        arguments: *const Value,
        argument_count: usize,
        results: *mut Value,
        result_count: usize,
    ) -> *mut Error;
    pub fn wasm2obj_ref_function_type(
        reference: *const Ref,
        types: *mut c_int,
        size: usize,
        parameter_count: *mut usize,
        result_count: *mut usize,
    ) -> *mut Error;
    pub fn wasm2obj_ref_size(reference: *const Ref) -> usize;
    pub fn wasm2obj_ref_part(reference: *const Ref, index: usize, part: *mut Part) -> *mut Error;
    pub fn wasm2obj_ref_get(reference: *const Ref, index: usize, value: *mut Value) -> *mut Error;
    pub fn wasm2obj_ref_set(reference: *const Ref, index: usize, value: *const Value)
        -> *mut Error;
    pub fn wasm2obj_ref_new_string(
        instance: *mut Instance,
        text: *const c_char,
        size: usize,
        reference: *mut *mut Ref,
    ) -> *mut Error;
    pub fn wasm2obj_ref_string(reference: *const Ref, text: *mut c_char, size: usize) -> usize;
    pub fn wasm2obj_ref_tag(reference: *const Ref) -> *const c_char;
}
