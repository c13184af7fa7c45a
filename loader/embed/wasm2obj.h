/* The C interface of libwasmrt: loads modules that wasm2obj has compiled and runs them, with WASI
 * preview 1, inside another program. A guest can access only what the program grants it.
 *
 *   wasm2obj_wasi_t *wasi = wasm2obj_wasi_new();
 *   wasm2obj_wasi_argument(wasi, "program");
 *   wasm2obj_wasi_directory(wasi, "/srv/data", "/", true);
 *   wasm2obj_module_t *module = NULL;
 *   wasm2obj_instance_t *instance = NULL;
 *   int32_t status = 0;
 *   wasm2obj_error_t *error = wasm2obj_module_open("program.so", &module);
 *   if (!error) error = wasm2obj_instance_new(module, wasi, &instance);
 *   if (!error) error = wasm2obj_instance_run(instance, &status);
 *   if (error) fprintf(stderr, "%s\n", wasm2obj_error_text(error));
 *   wasm2obj_error_delete(error);
 *   wasm2obj_instance_delete(instance);
 *   wasm2obj_module_delete(module);
 *   wasm2obj_wasi_delete(wasi);
 *
 * Errors. A function that can fail returns null if it succeeds, or else an error, which the caller
 * deletes. If it fails, it does not change the objects that its result parameters point to, unless
 * noted otherwise.
 *
 * Ownership. An object that a function with `new` or `open` in its name returns belongs to the
 * caller, who deletes it with the `delete` function of its type; so does a reference in a value
 * that a function returns. Those functions accept null and then do nothing. No other pointer may be
 * null, unless noted otherwise. Strings are UTF-8 and end with NUL. Strings and bytes that are
 * passed in are copied. File descriptors that are passed in are borrowed: the caller closes them,
 * after the instances that use them have been deleted.
 *
 * Threads. An object is used by one thread at a time; only wasm2obj_instance_interrupt and
 * wasm2obj_store_interrupt are exceptions. An instance, its references and the errors of its calls
 * are used by one thread at a time all together. Different instances may be made and run in
 * parallel, also of the same module and with the same wasm2obj_wasi_t and limits, unless they share
 * a wasm2obj_buffer_t or an input of wasm2obj_wasi_stdin_bytes.
 *
 * Signals. Traps arrive as signals: SIGSEGV, SIGBUS, and SIGILL (x86-64) or SIGTRAP (AArch64). The
 * first instance installs handlers for them, which pass all other signals of these kinds to the
 * handlers that were installed before. If the program installs a handler later, the handler must
 * have the flag SA_SIGINFO and pass signals that it does not handle to the one that it replaces.
 * Handlers of other signals may interrupt a guest at any time. They may use 48 KiB of the guest's
 * stack, or as much as they need on an alternate stack. A thread that calls a guest for the first
 * time gets an alternate signal stack, until it ends. If the program sets another one, it must have
 * at least 64 KiB. A guest that writes to a closed pipe raises SIGPIPE, which the program should
 * ignore; the guest's call then fails with the errno `pipe`. Interruptions arrive as SIGURG, which
 * a thread must not block; others' signals of this kind go to the handler before.
 *
 * Floating point. Guests compute with the modes that WebAssembly demands, independent of those of
 * the thread. When a call ends, the modes and the exception flags are as before. Functions that
 * guests call (wasm2obj_read_t and wasm2obj_write_t) run with the guest's modes and must preserve
 * them.
 */
#ifndef WASM2OBJ_H
#define WASM2OBJ_H

#include <wasm2obj_wasi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The reason why a function failed. */
typedef struct wasm2obj_error_t wasm2obj_error_t;

/* A reference that is not null; see below. */
typedef struct wasm2obj_ref_t wasm2obj_ref_t;

/* The kinds of errors. */
typedef enum wasm2obj_error_kind_t {
  WASM2OBJ_ERROR_USE,         /* an argument is invalid, cannot be read, or exceeds a limit */
  WASM2OBJ_ERROR_TRAP,        /* the guest trapped */
  WASM2OBJ_ERROR_EXIT,        /* the guest called proc_exit; see wasm2obj_error_exit_status */
  WASM2OBJ_ERROR_EXCEPTION,   /* the guest threw an exception that it did not catch; see
                                 wasm2obj_error_exception */
  WASM2OBJ_ERROR_INTERRUPTED, /* by wasm2obj_instance_interrupt or a time limit */
  WASM2OBJ_ERROR_OUT_OF_FUEL  /* all fuel consumed; see wasm2obj_fuel.h */
} wasm2obj_error_kind_t;

/* Frees an error. */
WASM2OBJ_API void wasm2obj_error_delete(wasm2obj_error_t* error);
/* Returns the kind of an error. */
WASM2OBJ_API wasm2obj_error_kind_t wasm2obj_error_kind(const wasm2obj_error_t* error);
/* Returns the message, for people to read. That of a trap or an exception has a backtrace, with a
 * line for each frame. The string belongs to the error. */
WASM2OBJ_API const char* wasm2obj_error_text(const wasm2obj_error_t* error);
/* Returns the status that the guest passed to proc_exit, or 0 for an error of another kind. */
WASM2OBJ_API int32_t wasm2obj_error_exit_status(const wasm2obj_error_t* error);
/* Returns the exception, or null for an error of another kind. The reference belongs to the error:
 * wasm2obj_ref_new_copy makes one that may outlive it. */
WASM2OBJ_API const wasm2obj_ref_t* wasm2obj_error_exception(const wasm2obj_error_t* error);

/* Returns why a function of wasm.h, the standard C API, has failed in this thread the last time, if
 * its result cannot tell: a null pointer or false. The text is valid until another one fails. */
WASM2OBJ_API const char* wasm2obj_last_error(void);

/* A module that wasm2obj has compiled to a shared object. */
typedef struct wasm2obj_module_t wasm2obj_module_t;

/* Loads the file `path`, which is read into memory and not needed afterwards. Fails if it cannot be
 * read, is damaged, was compiled for another version of the ABI, or needs another machine. The
 * machine code is not checked, so the file must come from a trusted compiler: the functions for
 * signed modules, below, make sure of that. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_module_open(const char* path, wasm2obj_module_t** module);
/* Loads the contents of such a file, `size` bytes, which are copied. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_module_open_bytes(const void* bytes, size_t size,
                                                          wasm2obj_module_t** module);

/* The public keys of those whose modules a program loads. */
typedef struct wasm2obj_keys_t wasm2obj_keys_t;

/* Returns a set without keys. */
WASM2OBJ_API wasm2obj_keys_t* wasm2obj_keys_new(void);
/* Frees the set. Modules that were loaded with it remain valid. */
WASM2OBJ_API void wasm2obj_keys_delete(wasm2obj_keys_t* keys);
/* Add a public key of Ed25519, as a text in PEM (as `openssl pkey -pubout` writes it) or as the
 * path of a file with one. Fail if it is something else. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_keys_add(wasm2obj_keys_t* keys, const char* pem);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_keys_add_file(wasm2obj_keys_t* keys, const char* path);

/* Load a module like the functions above, but only if it was signed with `wasm2obj sign` by the
 * owner of one of the keys. That is checked before anything else of the file is read. Fail if it
 * was not, or if there are no keys. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_module_open_signed(const char* path,
                                                           const wasm2obj_keys_t* keys,
                                                           wasm2obj_module_t** module);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_module_open_signed_bytes(const void* bytes, size_t size,
                                                                 const wasm2obj_keys_t* keys,
                                                                 wasm2obj_module_t** module);

/* Frees the module, or releases it if it has instances, which remain valid. */
WASM2OBJ_API void wasm2obj_module_delete(wasm2obj_module_t* module);

/* Sets for how many deleted instances the module keeps their memories, 0 by default. Instances that
 * are made later get such a memory, with its initial contents, which takes a third of the time. A
 * kept memory takes address space (8 GiB, unless compiled with --bounds=explicit) and page tables.
 * May be called by any thread at any time. */
WASM2OBJ_API void wasm2obj_module_pool(const wasm2obj_module_t* module, size_t instances);

/* Limits on the resources of the host that an instance uses. If one would be exceeded, memory.grow
 * and table.grow return -1 to the guest, creating an object traps, and making an instance fails
 * with an error that names the limit. A call that takes too long is interrupted. */
typedef struct wasm2obj_limits_t wasm2obj_limits_t;

/* The resources with a limit. */
typedef enum wasm2obj_limit_t {
  WASM2OBJ_LIMIT_MEMORY_BYTES = 0,    /* all memories together; 16 GiB by default */
  WASM2OBJ_LIMIT_TABLE_ELEMENTS = 1,  /* all tables together; 10,000,000 by default */
  WASM2OBJ_LIMIT_HOST_BYTES = 2,      /* memories, tables and all other data; 17 GiB by default */
  WASM2OBJ_LIMIT_HEAP_BYTES = 3,      /* objects (garbage collection); 0, the default: half of the
                                         memory of the machine or the control group */
  WASM2OBJ_LIMIT_CALL_NANOSECONDS = 4 /* the time of each call of the program into the instance,
                                         and of its start function and _initialize when it is made,
                                         each by itself; 0, the default: no limit */
} wasm2obj_limit_t;

/* Returns the default limits. */
WASM2OBJ_API wasm2obj_limits_t* wasm2obj_limits_new(void);
/* Frees the limits. */
WASM2OBJ_API void wasm2obj_limits_delete(wasm2obj_limits_t* limits);
/* Sets a limit, in bytes, elements or nanoseconds. */
WASM2OBJ_API void wasm2obj_limits_set(wasm2obj_limits_t* limits, wasm2obj_limit_t which,
                                      uint64_t value);

/* What instances may take together that have limits of their own: all of a process, or those of a
 * customer. An account has limits; WASM2OBJ_LIMIT_CALL_NANOSECONDS is none of them. */
typedef struct wasm2obj_account_t wasm2obj_account_t;

/* Makes an account with these limits, or the default ones if they are null. It may belong to an
 * account itself, if these limits do. */
WASM2OBJ_API wasm2obj_account_t* wasm2obj_account_new(const wasm2obj_limits_t* limits);
/* Frees the account. Instances that belong to it go on to take of it. */
WASM2OBJ_API void wasm2obj_account_delete(wasm2obj_account_t* account);
/* Lets instances, stores and shared memories that are made with these limits from now on belong to
 * the account: what they take is taken of it too, and must be within both limits. A heap of objects
 * counts with the most that it has had. Null is no account. */
WASM2OBJ_API void wasm2obj_limits_set_account(wasm2obj_limits_t* limits,
                                              const wasm2obj_account_t* account);

/* An instance of a module, with its own memory and its own files. It shares no state with other
 * instances, except for the streams that they are connected with. */
typedef struct wasm2obj_instance_t wasm2obj_instance_t;

/* Instantiates a module: runs its start function and, if it exports `_initialize`, calls that. The
 * module and `wasi` may be deleted afterwards. Fails with the kind USE if the module imports
 * anything that is not a function of WASI (wasi_snapshot_preview1 or wasi_unstable), exceeds a
 * limit, or if it uses WASI and a file, directory or stream of `wasi` is not available; with TRAP,
 * EXIT or EXCEPTION if the guest traps, exits or throws; with INTERRUPTED if it takes longer than
 * its limit. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_new(const wasm2obj_module_t* module,
                                                     const wasm2obj_wasi_t* wasi,
                                                     wasm2obj_instance_t** instance);
/* Instantiates a module with other limits than the default ones, which null means. They are
 * copied. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_new_limited(const wasm2obj_module_t* module,
                                                             const wasm2obj_wasi_t* wasi,
                                                             const wasm2obj_limits_t* limits,
                                                             wasm2obj_instance_t** instance);
/* Frees the instance, closes its files, and runs all finalizers of wasm2obj_ref_new_host that have
 * not run. If other instances of its store remain (see below), this happens once they do not need
 * it. No call into the instance may be active. References of the instance may be deleted
 * afterwards; all other functions fail for them with the kind USE, or do what they do for null. */
WASM2OBJ_API void wasm2obj_instance_delete(wasm2obj_instance_t* instance);

/* Calls `_start` of a command. Sets `*exit_status` to the status with which the guest exits, or to
 * 0 if the function returns; neither is an error. Fails with the kind USE if the module does not
 * export `_start`, with TRAP or EXCEPTION if the guest traps or throws. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_run(wasm2obj_instance_t* instance,
                                                     int32_t* exit_status);

/* The types of values. */
typedef enum wasm2obj_type_t {
  WASM2OBJ_I32,
  WASM2OBJ_I64,
  WASM2OBJ_F32,
  WASM2OBJ_F64,
  WASM2OBJ_V128,
  WASM2OBJ_REF /* any reference type */
} wasm2obj_type_t;

/* A value with its type, which tells the member of `of` that is used. */
typedef struct wasm2obj_value_t {
  wasm2obj_type_t type;
  union {
    int32_t i32;
    int64_t i64;
    float f32;
    double f64;
    uint8_t v128[16];    /* the lanes in little-endian order, lane 0 first */
    wasm2obj_ref_t* ref; /* null for the null reference */
  } of;
} wasm2obj_value_t;

/* Calls the exported function `name`. `arguments` and `results` may be null if their count is 0.
 * References among the arguments are borrowed. Fails with the kind USE, without calling the
 * function, if there is no such function, if the number of arguments, their types or the number of
 * results differ from those of the function, or if a reference is of another instance; with TRAP,
 * EXIT or EXCEPTION if the guest traps, exits or throws. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_call(
    wasm2obj_instance_t* instance, const char* name, const wasm2obj_value_t* arguments,
    size_t argument_count, wasm2obj_value_t* results, size_t result_count);

/* Ends the guest's call with the kind INTERRUPTED, whether it computes, waits in a call of WASI, or
 * is about to return from a function of the program; system calls of such a function fail with
 * EINTR. Every later call fails so too; the instance, its references and those of its store can
 * only be deleted, and its memory be read. May be called by any thread and by a signal handler, as
 * long as the instance is not being deleted. */
WASM2OBJ_API void wasm2obj_instance_interrupt(wasm2obj_instance_t* instance);
/* Sets how long a call of the program into the instance may take: it is interrupted after so many
 * nanoseconds; 0 is no limit. Replaces WASM2OBJ_LIMIT_CALL_NANOSECONDS. Holds for later calls of
 * all instances of the store. */
WASM2OBJ_API void wasm2obj_instance_time_limit(wasm2obj_instance_t* instance, uint64_t nanoseconds);

/* Returns the memory that the module exports as "memory" and sets `*size` to its size in bytes, or
 * returns null and sets it to 0 if there is none. The memory belongs to the instance and its
 * address does not change; its size may grow when the guest runs. */
WASM2OBJ_API void* wasm2obj_instance_memory(wasm2obj_instance_t* instance, size_t* size);

/* Modules that are linked into the program: object files that wasm2obj makes, with a header of
 * typed functions, which use those below. */

/* A vector of 16 bytes. */
typedef int64_t wasm2obj_v128_t __attribute__((vector_size(16)));

/* What instances share, which import each other's objects; see below. */
typedef struct wasm2obj_store_t wasm2obj_store_t;

/* A module of an object file. It exists as long as the program, or as the shared library that
 * contains it. */
typedef struct wasm2obj_linked_t wasm2obj_linked_t;

/* What a linked module is instantiated with. The functions `..._new` of its header fill it in. */
typedef struct wasm2obj_linked_options_t {
  uint64_t interface_hash;         /* of the header */
  const wasm2obj_wasi_t* wasi;     /* null: the guest has no capabilities */
  const wasm2obj_limits_t* limits; /* null: the default ones, or those of the store */
  wasm2obj_store_t* store;         /* null: that of what is given, or else a new one */
  void* env;                       /* for the program's use */
  const void* const* given;        /* the objects and instances of the imports */
  size_t given_count;
} wasm2obj_linked_options_t;

/* Instantiates a linked module, as wasm2obj_instance_new_limited does, but the module's other
 * imports are what the program gives. Sets `*instance` before code of the guest runs, which may
 * call the program's functions; to null if it fails. Fails with the kind USE also if the object
 * file was made by another version of wasm2obj or does not fit its header, if what is given is null
 * or does not match the type of its import, if it is not all of one store, or if it has a store and
 * there are limits, which are then those of the store. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linked_instantiate(const wasm2obj_linked_t* linked,
                                                           const wasm2obj_linked_options_t* options,
                                                           wasm2obj_instance_t** instance);
/* Sets the pool of a linked module, as wasm2obj_module_pool does. With a pool the module is
 * prepared at once and remains so, also while it has no instance, until the size is set to 0. Fails
 * with the kind USE if the object file was made by another version of wasm2obj. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linked_pool(const wasm2obj_linked_t* linked,
                                                    size_t instances);
/* Returns the `env` of the options, null for other instances. */
WASM2OBJ_API void* wasm2obj_instance_env(const wasm2obj_instance_t* instance);

/* A function that is given an error of a call, and must delete it. If it returns, the call returns
 * 0. It may leave the call by longjmp or by a C++ exception, unless a function that a guest has
 * called made the call. */
typedef void (*wasm2obj_on_error_t)(wasm2obj_instance_t* instance, wasm2obj_error_t* error);
/* Sets the handler for errors of typed functions that do not return errors. Without one, the
 * error's text is printed to standard error and the program aborted. */
WASM2OBJ_API void wasm2obj_instance_on_error(wasm2obj_instance_t* instance,
                                             wasm2obj_on_error_t handler);

/* End the call of the guest that has called a function of the program, once that returns; its
 * results are ignored. They may be called only by such a function, with its instance; of several
 * calls the last one counts. Else they fail with the kind USE and have no effect.
 *
 * _trap: the call traps with the message. _exit: it ends like that of a guest that calls proc_exit.
 * _throw: the guest has an exception, which it may catch; fails also if `exception` is of another
 * kind or instance. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_trap(wasm2obj_instance_t* instance,
                                                      const char* message);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_exit(wasm2obj_instance_t* instance,
                                                      int32_t status);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_throw(wasm2obj_instance_t* instance,
                                                       const wasm2obj_ref_t* exception);

/* For object files only: calls the function of row `row` of the module's exports. `slots` are 16
 * bytes for each argument, and receive the results. The other function is for functions that have
 * references, which are a wasm2obj_ref_t* in a slot: arguments are borrowed, results new. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linked_call(wasm2obj_instance_t* instance, uint64_t row,
                                                    void* slots);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linked_call_with_refs(wasm2obj_instance_t* instance,
                                                              uint64_t row, void* slots);
/* For object files only: calls the handler. */
WASM2OBJ_API void wasm2obj_linked_failed(wasm2obj_instance_t* instance, wasm2obj_error_t* error);
/* For object files only: returns a new reference for an argument of a function of the program. */
WASM2OBJ_API wasm2obj_ref_t* wasm2obj_linked_argument(wasm2obj_instance_t* instance, void* word,
                                                      int32_t is_function);
/* For object files only: takes over a result of the program's function for row `row` of the
 * module's imports. If it does not fit the type, the guest traps. */
WASM2OBJ_API void* wasm2obj_linked_result(wasm2obj_instance_t* instance, uint64_t row,
                                          uint64_t index, wasm2obj_ref_t* ref);
/* For headers only: returns the memory, table, global or tag of row `row` of the module's exports;
 * null if the instance has been deleted. */
WASM2OBJ_API void* wasm2obj_linked_object(wasm2obj_instance_t* instance, uint64_t row);
/* For headers only: makes an object for row `row` of the module's imports, of the import's type.
 * `initial` is the value of a global and of the elements of a table; else, and for null elements,
 * null. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linked_make(const wasm2obj_linked_t* linked, uint64_t row,
                                                    wasm2obj_store_t* store,
                                                    const wasm2obj_value_t* initial, void** object);

/* Stores. Instances that import each other's objects are of one store: those that are made with
 * imports of another instance, and those that are made in a wasm2obj_store_t. All instances of a
 * store, and what belongs to them, are used by one thread at a time together; limits are those of
 * the store; references may be passed from one instance to another. Other instances have a store of
 * their own.
 *
 * An instance that has been deleted goes on to work for the instances that import from it. The
 * finalizers of references that are still in use run when the last instance is deleted. */

/* Makes a store. `limits` may be null for the default ones. */
WASM2OBJ_API wasm2obj_store_t* wasm2obj_store_new(const wasm2obj_limits_t* limits);
/* Ends the program's use of the store. Its instances remain valid. */
WASM2OBJ_API void wasm2obj_store_delete(wasm2obj_store_t* store);
/* Interrupts the guests of the store, as wasm2obj_instance_interrupt does, also while an instance
 * of it is being made: its start function and `_initialize`. Later instances of the store fail so
 * too. May be called by any thread and by a signal handler, as long as the store is not being
 * deleted. */
WASM2OBJ_API void wasm2obj_store_interrupt(wasm2obj_store_t* store);

/* Objects that instances share. Those that an instance exports are valid as long as the instance,
 * those that a program makes (by functions `..._make_...` of a header) as long as their store:
 * until the wasm2obj_store_t and all instances of the store have been deleted. The program does not
 * delete them. All of these functions accept null, for which they return null and 0 or fail with
 * the kind USE. */
typedef struct wasm2obj_memory_t wasm2obj_memory_t;
typedef struct wasm2obj_table_t wasm2obj_table_t;
typedef struct wasm2obj_global_t wasm2obj_global_t;
typedef struct wasm2obj_tag_t wasm2obj_tag_t;

/* Returns the address, which does not change, and sets `*size` to the current size in bytes. */
WASM2OBJ_API void* wasm2obj_memory_data(const wasm2obj_memory_t* memory, size_t* size);
/* Adds `pages` pages, and sets `*old_pages` to the size before, unless it is null. Fails with the
 * kind USE if the maximum or a limit would be exceeded. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_memory_grow(wasm2obj_memory_t* memory, uint64_t pages,
                                                    uint64_t* old_pages);

/* Returns the number of elements. */
WASM2OBJ_API uint64_t wasm2obj_table_size(const wasm2obj_table_t* table);
/* Get and set an element. They fail with the kind USE if there is no such element, or if the
 * reference is of another store or not of the table's type. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_table_get(const wasm2obj_table_t* table, uint64_t index,
                                                  wasm2obj_ref_t** ref);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_table_set(wasm2obj_table_t* table, uint64_t index,
                                                  const wasm2obj_ref_t* ref);
/* Adds elements, which are `initial`, and sets `*old_size`, unless it is null. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_table_grow(wasm2obj_table_t* table, uint64_t count,
                                                   const wasm2obj_ref_t* initial,
                                                   uint64_t* old_size);

/* Get and set the value. To set it fails with the kind USE if the global is immutable or the value
 * does not fit its type. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_global_get(const wasm2obj_global_t* global,
                                                   wasm2obj_value_t* value);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_global_set(wasm2obj_global_t* global,
                                                   const wasm2obj_value_t* value);

/* Makes an exception with this tag. Fails with the kind USE if the arguments do not fit the tag's
 * type, or if the heap has no room. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_exception_new(const wasm2obj_tag_t* tag,
                                                      const wasm2obj_value_t* arguments,
                                                      size_t argument_count,
                                                      wasm2obj_ref_t** exception);
/* Returns whether the reference is to an exception with this tag. */
WASM2OBJ_API bool wasm2obj_ref_has_tag(const wasm2obj_ref_t* ref, const wasm2obj_tag_t* tag);

/* References. A wasm2obj_ref_t keeps what it refers to alive until it is deleted. The null
 * reference is the null pointer, which the functions below accept as a reference of another kind
 * than they want, unless noted otherwise. A reference belongs to the instance that it was made for
 * or came from, and to the others of its store. It cannot be passed to instances of another store,
 * except for i31 and for plain pointers: pointers of the program that are less than 2^62 and have
 * no finalizer. The types externref and anyref accept the same references: those to i31, structs,
 * arrays, strings and pointers of the program.
 */

/* What a reference refers to. */
typedef enum wasm2obj_ref_kind_t {
  WASM2OBJ_REF_NULL,
  WASM2OBJ_REF_I31,       /* an integer of 31 bits */
  WASM2OBJ_REF_STRUCT,    /* a struct */
  WASM2OBJ_REF_ARRAY,     /* an array */
  WASM2OBJ_REF_FUNC,      /* a function */
  WASM2OBJ_REF_EXCEPTION, /* an exception */
  WASM2OBJ_REF_HOST,      /* a pointer of the program */
  WASM2OBJ_REF_STRING     /* a string of the JS string builtins */
} wasm2obj_ref_kind_t;

/* Deletes the reference, not what it refers to. */
WASM2OBJ_API void wasm2obj_ref_delete(wasm2obj_ref_t* ref);
/* Returns another reference to the same, or null if `ref` is null. */
WASM2OBJ_API wasm2obj_ref_t* wasm2obj_ref_new_copy(const wasm2obj_ref_t* ref);
/* Returns the kind. `ref` may be null. */
WASM2OBJ_API wasm2obj_ref_kind_t wasm2obj_ref_kind(const wasm2obj_ref_t* ref);
/* Returns whether two references, which may be null, refer to the same: for i31 the same integer,
 * for plain pointers the same pointer, for others the same object. */
WASM2OBJ_API bool wasm2obj_ref_is_same(const wasm2obj_ref_t* left, const wasm2obj_ref_t* right);

/* Returns an i31 with the lower 31 bits of `value`. */
WASM2OBJ_API wasm2obj_ref_t* wasm2obj_ref_new_i31(int32_t value);
/* Returns the integer of an i31, sign-extended; 0 if the reference is of another kind. */
WASM2OBJ_API int32_t wasm2obj_ref_i31(const wasm2obj_ref_t* ref);

/* Makes a reference to `pointer`, which may be anything, also null: then the reference is not null
 * nevertheless. If `finalize` is not null, it is called with the pointer once: after a garbage
 * collection has found that neither the guest nor a wasm2obj_ref_t has the reference, or when the
 * instance is deleted. Fails with the kind USE if the heap has no room; then `finalize` is not
 * called.
 *
 * A finalizer runs in the thread that uses the instance, if the guest runs on its stack, of which
 * at least 256 KiB are free then. It must return: neither a C++ exception nor longjmp may leave it.
 * It must not use or delete the instance, but may delete references. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_ref_new_host(wasm2obj_instance_t* instance, void* pointer,
                                                     void (*finalize)(void* pointer),
                                                     wasm2obj_ref_t** ref);
/* Returns the pointer; null if the reference is of another kind. */
WASM2OBJ_API void* wasm2obj_ref_host(const wasm2obj_ref_t* ref);

/* Sets `*ref` to the exported function `name`; fails with the kind USE if there is none. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_function(wasm2obj_instance_t* instance,
                                                          const char* name, wasm2obj_ref_t** ref);
/* Sets the numbers of parameters and results, and copies the first `size` types of both, first the
 * parameters, to `types`, which may be null if `size` is 0. Fails as wasm2obj_ref_call does. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_ref_function_type(const wasm2obj_ref_t* ref,
                                                          wasm2obj_type_t* types, size_t size,
                                                          size_t* parameter_count,
                                                          size_t* result_count);
/* Calls a function, as wasm2obj_instance_call does. Fails with the kind USE if the reference is of
 * another kind. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_ref_call(const wasm2obj_ref_t* ref,
                                                 const wasm2obj_value_t* arguments,
                                                 size_t argument_count, wasm2obj_value_t* results,
                                                 size_t result_count);

/* The parts of an object are the fields of a struct, the elements of an array or the arguments of
 * an exception. Parts of 1 or 2 bytes (i8 and i16) have the type WASM2OBJ_I32. */
typedef struct wasm2obj_part_t {
  wasm2obj_type_t type;
  uint32_t bytes; /* of the part in the object */
  bool is_mutable;
} wasm2obj_part_t;

/* Returns the number of parts; 0 if the reference is null or of another kind. */
WASM2OBJ_API size_t wasm2obj_ref_size(const wasm2obj_ref_t* ref);
/* Set `*part` or `*value` to the type or the value of a part; i8 and i16 are zero-extended. Fail
 * with the kind USE if the reference is null or of another kind, or has no such part. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_ref_part(const wasm2obj_ref_t* ref, size_t index,
                                                 wasm2obj_part_t* part);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_ref_get(const wasm2obj_ref_t* ref, size_t index,
                                                wasm2obj_value_t* value);
/* Changes a part; of an i32 for i8 and i16 the higher bits are ignored. Fails likewise, and if the
 * part is immutable or the value has not its type. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_ref_set(const wasm2obj_ref_t* ref, size_t index,
                                                const wasm2obj_value_t* value);

/* Makes a string from `size` bytes of UTF-8; ill-formed parts become U+FFFD. Fails with the kind
 * USE if the heap has no room. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_ref_new_string(wasm2obj_instance_t* instance,
                                                       const char* text, size_t size,
                                                       wasm2obj_ref_t** ref);
/* Returns the length of a string in UTF-8, in which unpaired surrogates are U+FFFD, and copies its
 * first `size` bytes to `text`, without NUL. `text` may be null if `size` is 0. Returns 0 if the
 * reference is of another kind. */
WASM2OBJ_API size_t wasm2obj_ref_string(const wasm2obj_ref_t* ref, char* text, size_t size);

/* Returns the name of an exception's tag: that of an export, or "tag[INDEX]" if it is not exported;
 * null if the reference is of another kind. The string is valid as long as the instance. */
WASM2OBJ_API const char* wasm2obj_ref_tag(const wasm2obj_ref_t* ref);

/* Collects garbage now, and runs the finalizers of what has died. Words on the stack of a guest
 * that runs may keep more alive than the guest needs. Fails with the kind USE if a finalizer calls
 * it. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_collect(wasm2obj_instance_t* instance);

#ifdef __cplusplus
}
#endif

#endif
