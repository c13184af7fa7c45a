/* libwasmrt: runs what wasm2obj has compiled inside another program, with a WASI that the program
 * puts together: what is there is what it was given, and nothing else.
 *
 *   wasm2obj_wasi_t *wasi = wasm2obj_wasi_new();
 *   wasm2obj_wasi_argument(wasi, "program");
 *   wasm2obj_wasi_directory(wasi, "/srv/data", "/", true);
 *   wasm2obj_module_t *module;
 *   wasm2obj_instance_t *instance;
 *   int32_t status;
 *   wasm2obj_error_t *error = wasm2obj_module_open("program.so", &module);
 *   if (!error) error = wasm2obj_instance_new(module, wasi, &instance);
 *   if (!error) error = wasm2obj_instance_run(instance, &status);
 *
 * Strings are UTF-8 and end with NUL; what is passed in is copied, unless said otherwise. What a
 * function with `new` or `open` in its name gives belongs to the caller, who passes it to the
 * `delete` of its type; those take null and do nothing.
 *
 * A function that can fail returns an error, or null. One thread at a time uses an object;
 * different instances run in parallel, of the same module too. A guest that writes to a closed pipe
 * raises SIGPIPE in the process, which had better ignore it; then the guest gets an errno.
 *
 * Traps come as signals (SIGSEGV, SIGBUS, SIGILL or SIGTRAP), whose handlers are installed with the
 * first instance; what is no trap goes to the handlers that were there before. A handler that the
 * program installs later passes on what is not its own to the one that it replaces, with
 * SA_SIGINFO. Handlers of other signals may interrupt a guest at any time, and find 48 KiB of stack
 * below it unless they have a stack of their own. A thread that has called a guest has an alternate
 * signal stack, until it ends; another that the program sets has 64 KiB or more.
 *
 * Guests compute with the floating-point modes of WebAssembly, whatever those of the thread are;
 * when a call ends, modes and flags are as they were. Functions that guests call (wasm2obj_read_t
 * and wasm2obj_write_t) run with the guest's modes, and leave them as they are.
 */
#ifndef WASM2OBJ_H
#define WASM2OBJ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WASM2OBJ_API __attribute__((visibility("default")))

/* --- Errors ----------------------------------------------------------------------------------- */

typedef struct wasm2obj_error_t wasm2obj_error_t;

/* Why a call failed. */
typedef enum wasm2obj_error_kind_t {
  WASM2OBJ_ERROR_USE,  /* what was passed in is wrong, cannot be read, or does not fit */
  WASM2OBJ_ERROR_TRAP, /* the guest trapped; the text has a backtrace */
  WASM2OBJ_ERROR_EXIT  /* the guest called proc_exit: see wasm2obj_error_exit_status */
} wasm2obj_error_kind_t;

/* Frees an error; null is allowed. */
WASM2OBJ_API void wasm2obj_error_delete(wasm2obj_error_t* error);
WASM2OBJ_API wasm2obj_error_kind_t wasm2obj_error_kind(const wasm2obj_error_t* error);
/* Belongs to the error. */
WASM2OBJ_API const char* wasm2obj_error_text(const wasm2obj_error_t* error);
/* What the guest passed to proc_exit; 0 for an error of another kind. */
WASM2OBJ_API int32_t wasm2obj_error_exit_status(const wasm2obj_error_t* error);

/* --- WASI ------------------------------------------------------------------------------------- */

/* What a guest is to be given. It may serve any number of instances, and be changed and deleted
 * once they are made: each has what was said until then. */
typedef struct wasm2obj_wasi_t wasm2obj_wasi_t;

/* Returns a WASI that grants nothing; deleted by the caller. */
WASM2OBJ_API wasm2obj_wasi_t* wasm2obj_wasi_new(void);
WASM2OBJ_API void wasm2obj_wasi_delete(wasm2obj_wasi_t* wasi);

/* Arguments in order; the first is the program's name. */
WASM2OBJ_API void wasm2obj_wasi_argument(wasm2obj_wasi_t* wasi, const char* value);
WASM2OBJ_API void wasm2obj_wasi_variable(wasm2obj_wasi_t* wasi, const char* name,
                                         const char* value);
/* `guest_path` is what the guest calls it: "/", ".", "/tmp". They are descriptors 3, 4, ... */
WASM2OBJ_API void wasm2obj_wasi_directory(wasm2obj_wasi_t* wasi, const char* host_path,
                                          const char* guest_path, bool is_read_only);
/* A listening or connected socket, borrowed: it outlives the instances. They come behind the
 * directories. */
WASM2OBJ_API void wasm2obj_wasi_socket(wasm2obj_wasi_t* wasi, int fd);

/* Clocks that stand still, but for `step` nanoseconds at every reading and for waiting, which takes
 * no time. The real-time clock begins with `start`, nanoseconds since 1970, the others with 0. */
WASM2OBJ_API void wasm2obj_wasi_pin_clocks(wasm2obj_wasi_t* wasi, uint64_t start, uint64_t step);
/* Random bytes that follow from the seed alone. */
WASM2OBJ_API void wasm2obj_wasi_pin_random(wasm2obj_wasi_t* wasi, uint64_t seed);
/* How many files and sockets a guest may have open at a time, those given here among them; 1024
 * unless said otherwise. */
WASM2OBJ_API void wasm2obj_wasi_max_files(wasm2obj_wasi_t* wasi, uint32_t count);
/* Prints every call to `fd`, borrowed: it outlives the instances. */
WASM2OBJ_API void wasm2obj_wasi_trace(wasm2obj_wasi_t* wasi, int fd);

/* --- Standard streams: empty and swallowing unless given -------------------------------------- */

/* The standard streams. */
typedef enum wasm2obj_stream_t {
  WASM2OBJ_STDIN = 0,
  WASM2OBJ_STDOUT = 1,
  WASM2OBJ_STDERR = 2
} wasm2obj_stream_t;

/* A file, pipe, socket or terminal, borrowed: it outlives the instances. */
WASM2OBJ_API void wasm2obj_wasi_stream_fd(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which, int fd);
/* Opened for each instance; what is written to is created, or emptied. */
WASM2OBJ_API void wasm2obj_wasi_stream_file(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which,
                                            const char* path);

/* Standard input from memory, `size` bytes, which are copied; instances share them. */
WASM2OBJ_API void wasm2obj_wasi_stdin_bytes(wasm2obj_wasi_t* wasi, const void* bytes, size_t size);

/* Keeps what guests write, up to `limit` bytes; then they are told that there is no space. */
typedef struct wasm2obj_buffer_t wasm2obj_buffer_t;

/* Returns an empty buffer; deleted by the caller. */
WASM2OBJ_API wasm2obj_buffer_t* wasm2obj_buffer_new(size_t limit);
/* Guests may go on writing to a buffer that the caller has deleted. */
WASM2OBJ_API void wasm2obj_buffer_delete(wasm2obj_buffer_t* buffer);
/* Valid until a guest writes again. */
WASM2OBJ_API const char* wasm2obj_buffer_bytes(const wasm2obj_buffer_t* buffer);
WASM2OBJ_API size_t wasm2obj_buffer_size(const wasm2obj_buffer_t* buffer);
/* `which` is STDOUT or STDERR; one buffer may serve both. */
WASM2OBJ_API void wasm2obj_wasi_stream_buffer(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which,
                                              wasm2obj_buffer_t* buffer);

/* Moves at most `size` bytes, and not 0, and tells how many: reading, 0 is the end. A negative
 * number is a value of <errno.h>, negated, and is what the guest's call fails with. */
typedef ptrdiff_t (*wasm2obj_read_t)(void* env, void* into, size_t size);
typedef ptrdiff_t (*wasm2obj_write_t)(void* env, const void* from, size_t size);

/* `env` is passed to every call, and to `finish`, which may be null, when nobody will call again.
 */
WASM2OBJ_API void wasm2obj_wasi_stdin_calls(wasm2obj_wasi_t* wasi, wasm2obj_read_t read, void* env,
                                            void (*finish)(void* env));
WASM2OBJ_API void wasm2obj_wasi_stream_calls(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which,
                                             wasm2obj_write_t write, void* env,
                                             void (*finish)(void* env));

/* --- Modules ---------------------------------------------------------------------------------- */

/* A compiled module, as wasm2obj writes it. */
typedef struct wasm2obj_module_t wasm2obj_module_t;

/* Opens a module, which the caller deletes. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_module_open(const char* path, wasm2obj_module_t** module);
/* The same from memory, which is copied. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_module_open_bytes(const void* bytes, size_t size,
                                                          wasm2obj_module_t** module);
/* Its instances stay. */
WASM2OBJ_API void wasm2obj_module_delete(wasm2obj_module_t* module);

/* --- Limits ----------------------------------------------------------------------------------- */

/* What an instance may have of the host. Beyond a limit, memory.grow and table.grow fail in the
 * guest, and making the instance fails with an error that names the limit. */
typedef struct wasm2obj_limits_t wasm2obj_limits_t;

/* What can be limited. */
typedef enum wasm2obj_limit_t {
  WASM2OBJ_LIMIT_MEMORY_BYTES = 0,   /* all memories together; 16 GiB unless set */
  WASM2OBJ_LIMIT_TABLE_ELEMENTS = 1, /* all tables together; 10,000,000 unless set */
  WASM2OBJ_LIMIT_HOST_BYTES = 2      /* memories, tables and all else; 17 GiB unless set */
} wasm2obj_limit_t;

/* Returns the usual limits; deleted by the caller. */
WASM2OBJ_API wasm2obj_limits_t* wasm2obj_limits_new(void);
WASM2OBJ_API void wasm2obj_limits_delete(wasm2obj_limits_t* limits);
WASM2OBJ_API void wasm2obj_limits_set(wasm2obj_limits_t* limits, wasm2obj_limit_t which,
                                      uint64_t value);

/* --- Instances -------------------------------------------------------------------------------- */

/* A module of its own store, that imports nothing but WASI. */
typedef struct wasm2obj_instance_t wasm2obj_instance_t;

/* Runs the start function and, of a reactor, _initialize. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_new(const wasm2obj_module_t* module,
                                                     const wasm2obj_wasi_t* wasi,
                                                     wasm2obj_instance_t** instance);
/* The same within other limits, which may be deleted once it is made. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_new_limited(const wasm2obj_module_t* module,
                                                             const wasm2obj_wasi_t* wasi,
                                                             const wasm2obj_limits_t* limits,
                                                             wasm2obj_instance_t** instance);
WASM2OBJ_API void wasm2obj_instance_delete(wasm2obj_instance_t* instance);

/* Runs a command's _start; its exit status, 0 if it returns, is no error here. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_run(wasm2obj_instance_t* instance,
                                                     int32_t* exit_status);

/* The types of values that can be passed. */
typedef enum wasm2obj_type_t {
  WASM2OBJ_I32,
  WASM2OBJ_I64,
  WASM2OBJ_F32,
  WASM2OBJ_F64
} wasm2obj_type_t;

/* A value with its type. */
typedef struct wasm2obj_value_t {
  wasm2obj_type_t type;
  union {
    int32_t i32;
    int64_t i64;
    float f32;
    double f64;
  } of;
} wasm2obj_value_t;

/* Calls an exported function. The arguments have its types; `results` has room for exactly as many
 * as it gives, which are of these four types. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_call(
    wasm2obj_instance_t* instance, const char* name, const wasm2obj_value_t* arguments,
    size_t argument_count, wasm2obj_value_t* results, size_t result_count);

/* Ends what the instance's guest waits for in a call of WASI, now or later, by a trap. From any
 * thread, or a signal handler. */
WASM2OBJ_API void wasm2obj_instance_interrupt(wasm2obj_instance_t* instance);

/* The exported memory "memory": its bytes, and how many there are. Null and 0 where there is none.
 * They move when the guest runs again only in that there may be more. */
WASM2OBJ_API void* wasm2obj_instance_memory(wasm2obj_instance_t* instance, size_t* size);

#ifdef __cplusplus
}
#endif

#endif
