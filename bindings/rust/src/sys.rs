//! The declarations of `wasm2obj.h` and its parts that the crate uses.

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

opaque!(Error Ref Wasi Module Keys Limits Account Instance Store);
opaque!(Memory Table Global Tag Caller Linker Prepared SharedMemory);

pub const ERROR_TRAP: c_int = 1;
pub const ERROR_EXIT: c_int = 2;
pub const ERROR_EXCEPTION: c_int = 3;
pub const ERROR_INTERRUPTED: c_int = 4;
pub const ERROR_OUT_OF_FUEL: c_int = 5;

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

#[repr(C)]
pub struct ExternType {
    pub kind: c_int,
    pub function: *const c_char,
    pub text: *const c_char,
    pub value: c_char,
    pub is_mutable: bool,
    pub is_64: bool,
    pub is_shared: bool,
    pub has_max: bool,
    pub page_size: u32,
    pub min: u64,
    pub max: u64,
}

#[repr(C)]
pub struct Import {
    pub module: *const c_char,
    pub name: *const c_char,
    pub kind: ExternType,
}

#[repr(C)]
pub struct Export {
    pub name: *const c_char,
    pub kind: ExternType,
}

#[repr(C)]
pub struct Facts {
    pub name: *const c_char,
    pub cpu: *const c_char,
    pub source_sha256: [u8; 32],
    pub compiler_version: [u32; 3],
    pub abi_version: u32,
    pub function_count: u64,
    pub code_size: u64,
    pub has_start: bool,
}

pub type Callback =
    unsafe extern "C" fn(*mut Caller, *const Value, usize, *mut Value, usize) -> *mut Error;
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
    pub fn wasm2obj_limits_set_account(limits: *mut Limits, account: *const Account);
    pub fn wasm2obj_account_new(limits: *const Limits) -> *mut Account;
    pub fn wasm2obj_account_delete(account: *mut Account);
    pub fn wasm2obj_store_new(limits: *const Limits) -> *mut Store;
    pub fn wasm2obj_store_delete(store: *mut Store);
    pub fn wasm2obj_store_interrupt(store: *mut Store);
    pub fn wasm2obj_memory_make(
        store: *mut Store,
        kind: *const ExternType,
        memory: *mut *mut Memory,
    ) -> *mut Error;
    pub fn wasm2obj_table_make(
        store: *mut Store,
        kind: *const ExternType,
        initial: *const Ref,
        table: *mut *mut Table,
    ) -> *mut Error;
    pub fn wasm2obj_global_make(
        store: *mut Store,
        kind: *const ExternType,
        initial: *const Value,
        global: *mut *mut Global,
    ) -> *mut Error;
    pub fn wasm2obj_tag_make(
        store: *mut Store,
        kind: *const c_char,
        tag: *mut *mut Tag,
    ) -> *mut Error;

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
    pub fn wasm2obj_instance_set_fuel(instance: *mut Instance, fuel: u64) -> *mut Error;
    pub fn wasm2obj_instance_fuel(instance: *const Instance) -> u64;
    pub fn wasm2obj_instance_memory(instance: *mut Instance, size: *mut usize) -> *mut c_void;
    pub fn wasm2obj_instance_collect(instance: *mut Instance) -> *mut Error;
    pub fn wasm2obj_instance_function(
        instance: *mut Instance,
        name: *const c_char,
        reference: *mut *mut Ref,
    ) -> *mut Error;

    pub fn wasm2obj_instance_throw(instance: *mut Instance, exception: *const Ref) -> *mut Error;

    pub fn wasm2obj_module_imports(module: *const Module, count: *mut usize) -> *const Import;
    pub fn wasm2obj_module_exports(module: *const Module, count: *mut usize) -> *const Export;
    pub fn wasm2obj_module_facts(module: *const Module) -> *const Facts;

    pub fn wasm2obj_instance_find_memory(
        instance: *mut Instance,
        name: *const c_char,
        memory: *mut *mut Memory,
    ) -> *mut Error;
    pub fn wasm2obj_instance_find_table(
        instance: *mut Instance,
        name: *const c_char,
        table: *mut *mut Table,
    ) -> *mut Error;
    pub fn wasm2obj_instance_find_global(
        instance: *mut Instance,
        name: *const c_char,
        global: *mut *mut Global,
    ) -> *mut Error;
    pub fn wasm2obj_instance_find_tag(
        instance: *mut Instance,
        name: *const c_char,
        tag: *mut *mut Tag,
    ) -> *mut Error;
    pub fn wasm2obj_memory_type(memory: *const Memory, kind: *mut ExternType) -> *mut Error;
    pub fn wasm2obj_memory_data(memory: *const Memory, size: *mut usize) -> *mut c_void;
    pub fn wasm2obj_memory_grow(memory: *mut Memory, pages: u64, old: *mut u64) -> *mut Error;
    pub fn wasm2obj_table_type(table: *const Table, kind: *mut ExternType) -> *mut Error;
    pub fn wasm2obj_table_size(table: *const Table) -> u64;
    pub fn wasm2obj_table_get(
        table: *const Table,
        index: u64,
        reference: *mut *mut Ref,
    ) -> *mut Error;
    pub fn wasm2obj_table_set(table: *mut Table, index: u64, reference: *const Ref) -> *mut Error;
    pub fn wasm2obj_table_grow(
        table: *mut Table,
        count: u64,
        initial: *const Ref,
        old: *mut u64,
    ) -> *mut Error;
    pub fn wasm2obj_global_type(global: *const Global, kind: *mut ExternType) -> *mut Error;
    pub fn wasm2obj_global_get(global: *const Global, value: *mut Value) -> *mut Error;
    pub fn wasm2obj_global_set(global: *const Global, value: *const Value) -> *mut Error;
    pub fn wasm2obj_tag_type(tag: *const Tag, kind: *mut ExternType) -> *mut Error;
    pub fn wasm2obj_exception_new(
        tag: *const Tag,
        arguments: *const Value,
        argument_count: usize,
        exception: *mut *mut Ref,
    ) -> *mut Error;
    pub fn wasm2obj_ref_has_tag(reference: *const Ref, tag: *const Tag) -> bool;

    pub fn wasm2obj_error_new(message: *const c_char) -> *mut Error;
    pub fn wasm2obj_caller_env(caller: *const Caller) -> *mut c_void;
    pub fn wasm2obj_caller_instance(caller: *const Caller) -> *mut Instance;
    pub fn wasm2obj_caller_exit(caller: *mut Caller, status: i32);
    pub fn wasm2obj_linker_new() -> *mut Linker;
    pub fn wasm2obj_linker_delete(linker: *mut Linker);
    pub fn wasm2obj_linker_callback(
        linker: *mut Linker,
        module: *const c_char,
        name: *const c_char,
        kind: *const c_char,
        code: Callback,
        env: *mut c_void,
        finish: Option<Finish>,
    ) -> *mut Error;
    pub fn wasm2obj_linker_store(linker: *mut Linker, store: *const Store) -> *mut Error;
    pub fn wasm2obj_linker_memory(
        linker: *mut Linker,
        module: *const c_char,
        name: *const c_char,
        memory: *const Memory,
    ) -> *mut Error;
    pub fn wasm2obj_linker_table(
        linker: *mut Linker,
        module: *const c_char,
        name: *const c_char,
        table: *const Table,
    ) -> *mut Error;
    pub fn wasm2obj_linker_global(
        linker: *mut Linker,
        module: *const c_char,
        name: *const c_char,
        global: *const Global,
    ) -> *mut Error;
    pub fn wasm2obj_linker_tag(
        linker: *mut Linker,
        module: *const c_char,
        name: *const c_char,
        tag: *const Tag,
    ) -> *mut Error;
    pub fn wasm2obj_linker_ref(
        linker: *mut Linker,
        module: *const c_char,
        name: *const c_char,
        reference: *const Ref,
    ) -> *mut Error;
    pub fn wasm2obj_linker_instance(
        linker: *mut Linker,
        module: *const c_char,
        instance: *const Instance,
    ) -> *mut Error;
    pub fn wasm2obj_linker_trap_unknown(linker: *mut Linker);
    pub fn wasm2obj_linker_shared_memory(
        linker: *mut Linker,
        module: *const c_char,
        name: *const c_char,
        memory: *const SharedMemory,
    );
    pub fn wasm2obj_shared_memory_new(
        min: u64,
        max: u64,
        limits: *const Limits,
        memory: *mut *mut SharedMemory,
    ) -> *mut Error;
    pub fn wasm2obj_shared_memory_new_export(
        instance: *mut Instance,
        name: *const c_char,
        memory: *mut *mut SharedMemory,
    ) -> *mut Error;
    pub fn wasm2obj_shared_memory_delete(memory: *mut SharedMemory);
    pub fn wasm2obj_shared_memory_data(
        memory: *const SharedMemory,
        size: *mut usize,
    ) -> *mut c_void;
    pub fn wasm2obj_shared_memory_grow(
        memory: *mut SharedMemory,
        pages: u64,
        old_pages: *mut u64,
    ) -> *mut Error;
    pub fn wasm2obj_shared_memory_wait(
        memory: *const SharedMemory,
        at: u64,
        expected: u32,
        timeout: i64,
        ended: *mut c_int,
    ) -> *mut Error;
    pub fn wasm2obj_shared_memory_notify(
        memory: *mut SharedMemory,
        at: u64,
        count: u32,
        woken: *mut u32,
    ) -> *mut Error;
    pub fn wasm2obj_linker_prepare(
        linker: *const Linker,
        module: *const Module,
        wasi: *const Wasi,
        limits: *const Limits,
        prepared: *mut *mut Prepared,
    ) -> *mut Error;
    pub fn wasm2obj_prepared_delete(prepared: *mut Prepared);
    pub fn wasm2obj_prepared_instantiate(
        prepared: *const Prepared,
        instance: *mut *mut Instance,
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
