/* libwasmrt: what guests are granted by WASI. A part of wasm2obj.h, which includes it and whose
 * rules apply. */
#ifndef WASM2OBJ_WASI_H
#define WASM2OBJ_WASI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Marks the functions that the shared library exports. */
#define WASM2OBJ_API __attribute__((visibility("default")))

/* The arguments, variables, files and other capabilities that guests are granted. It may be used
 * for any number of instances. An instance has the capabilities that were set when it was made: to
 * change or delete the object afterwards does not affect it. Files and directories are opened when
 * an instance is made, which fails if they cannot be opened. */
typedef struct wasm2obj_wasi_t wasm2obj_wasi_t;

/* Returns an object that grants the clocks and the random numbers of the host, and nothing else:
 * the standard input is empty, and the other standard streams discard what is written. */
WASM2OBJ_API wasm2obj_wasi_t* wasm2obj_wasi_new(void);
/* Frees the object. The instances that were made with it remain valid. */
WASM2OBJ_API void wasm2obj_wasi_delete(wasm2obj_wasi_t* wasi);

/* Appends an argument. The first one is the name of the program. */
WASM2OBJ_API void wasm2obj_wasi_argument(wasm2obj_wasi_t* wasi, const char* value);
/* Appends an environment variable. `name` should not have been appended before. */
WASM2OBJ_API void wasm2obj_wasi_variable(wasm2obj_wasi_t* wasi, const char* name,
                                         const char* value);
/* Grants the directory `host_path` and everything below it, for reading only or also for writing.
 * `guest_path` is its name in the guest, such as "/", "." or "/tmp". Directories are the guest's
 * descriptors from 3 on, in the order in which they are granted. */
WASM2OBJ_API void wasm2obj_wasi_directory(wasm2obj_wasi_t* wasi, const char* host_path,
                                          const char* guest_path, bool is_read_only);
/* Grants a listening or connected socket. Sockets are the descriptors after the directories. A
 * guest may change the flag O_NONBLOCK of a listening socket, which is restored when its instance
 * is deleted. */
WASM2OBJ_API void wasm2obj_wasi_socket(wasm2obj_wasi_t* wasi, int fd);

/* Replaces the clocks by ones that do not depend on the host. The real-time clock begins at
 * `start`, in nanoseconds since 1970-01-01, the others at 0. Each reading advances all of them by
 * `step` nanoseconds. Waiting advances them by the time to wait, and returns at once. */
WASM2OBJ_API void wasm2obj_wasi_pin_clocks(wasm2obj_wasi_t* wasi, uint64_t start, uint64_t step);
/* Replaces the random numbers by a sequence that depends only on `seed`. */
WASM2OBJ_API void wasm2obj_wasi_pin_random(wasm2obj_wasi_t* wasi, uint64_t seed);
/* Sets the number of descriptors that a guest may have open at a time, including the standard
 * streams, directories and sockets that it is granted; 1024 by default. Beyond it, a guest's call
 * fails with the errno `mfile`. */
WASM2OBJ_API void wasm2obj_wasi_max_files(wasm2obj_wasi_t* wasi, uint32_t count);
/* Prints every call of WASI and its result to `fd`. */
WASM2OBJ_API void wasm2obj_wasi_trace(wasm2obj_wasi_t* wasi, int fd);

/* The standard streams. Each function below that connects one replaces the previous connection. */
typedef enum wasm2obj_stream_t {
  WASM2OBJ_STDIN = 0,
  WASM2OBJ_STDOUT = 1,
  WASM2OBJ_STDERR = 2
} wasm2obj_stream_t;

/* Connects a stream with a file, pipe, socket or terminal of the host. */
WASM2OBJ_API void wasm2obj_wasi_stream_fd(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which, int fd);
/* Connects a stream with a file, which each instance opens anew. An output file is created or
 * truncated. */
WASM2OBJ_API void wasm2obj_wasi_stream_file(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which,
                                            const char* path);

/* Connects the standard input with a copy of `size` bytes. All instances share one position in it:
 * a byte that one of them has read is not read by another. */
WASM2OBJ_API void wasm2obj_wasi_stdin_bytes(wasm2obj_wasi_t* wasi, const void* bytes, size_t size);

/* A buffer that collects the output of guests, up to a limit. */
typedef struct wasm2obj_buffer_t wasm2obj_buffer_t;

/* Returns an empty buffer for at most `limit` bytes. When it is full, the guests' writes fail with
 * the errno `nospc`. */
WASM2OBJ_API wasm2obj_buffer_t* wasm2obj_buffer_new(size_t limit);
/* Frees the buffer. If guests are connected with it, they may continue to write. */
WASM2OBJ_API void wasm2obj_buffer_delete(wasm2obj_buffer_t* buffer);
/* Returns the bytes that have been written. They belong to the buffer and are valid until a guest
 * writes to it or it is deleted. */
WASM2OBJ_API const char* wasm2obj_buffer_bytes(const wasm2obj_buffer_t* buffer);
/* Returns the number of bytes that have been written. */
WASM2OBJ_API size_t wasm2obj_buffer_size(const wasm2obj_buffer_t* buffer);
/* Connects standard output or standard error with a buffer. One buffer may serve several streams
 * and several instances. */
WASM2OBJ_API void wasm2obj_wasi_stream_buffer(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which,
                                              wasm2obj_buffer_t* buffer);

/* Functions of the program that move bytes when a guest reads or writes. They move at least 1 and
 * at most `size` bytes, and return the number; reading returns 0 at the end of the input. They
 * return a negated value of <errno.h> to make the guest's call fail with that errno. `size` is not
 * 0. The memory belongs to the guest and is valid during the call only.
 *
 * They run in the thread that runs the guest and on the guest's stack, of which at least 256 KiB
 * are free when the guest calls WASI. They must return: neither a C++ exception nor longjmp may
 * leave them. They must not delete the instance. */
typedef ptrdiff_t (*wasm2obj_read_t)(void* env, void* into, size_t size);
typedef ptrdiff_t (*wasm2obj_write_t)(void* env, const void* from, size_t size);

/* Connect the standard input with a function that provides it, or another stream with a function
 * that consumes it. Every call is given `env`. `finish` may be null; otherwise it is called once
 * with `env` when `env` is no longer needed: the stream of `wasi` has been connected otherwise or
 * `wasi` deleted, and all instances that were made with it have been deleted. */
WASM2OBJ_API void wasm2obj_wasi_stdin_calls(wasm2obj_wasi_t* wasi, wasm2obj_read_t read, void* env,
                                            void (*finish)(void* env));
WASM2OBJ_API void wasm2obj_wasi_stream_calls(wasm2obj_wasi_t* wasi, wasm2obj_stream_t which,
                                             wasm2obj_write_t write, void* env,
                                             void (*finish)(void* env));

#ifdef __cplusplus
}
#endif

#endif
