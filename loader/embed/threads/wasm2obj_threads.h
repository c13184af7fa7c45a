/* Shared memories (the threads proposal) between guests, for programs that have wasm2obj.h. Guests
 * in several threads, each an instance of its own, exchange data through one. The program makes it,
 * or takes it from an instance that exports it, and gives it to other instances:
 *
 *   wasm2obj_shared_memory_t *memory = NULL;
 *   wasm2obj_error_t *error = wasm2obj_shared_memory_new(1, 16, NULL, &memory);
 *   if (!error) {
 *     wasm2obj_linker_shared_memory(linker, "env", "memory", memory);
 *     error = wasm2obj_linker_instantiate(linker, module, NULL, NULL, &instance);
 *   }
 *
 * The instances need not belong together: each may be used by another thread. What wasm2obj.h says
 * of errors, ownership and pointers applies here. All functions on a shared memory may be called by
 * any thread at any time, but for its deletion, which must come last.
 *
 * The memory is counted with the limits that were given when it was made, for an instance's own
 * memory with those of the instance, and not with those of the instances that import it.
 */
#ifndef WASM2OBJ_THREADS_H
#define WASM2OBJ_THREADS_H

#include <wasm2obj.h>
#include <wasm2obj_linker.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A shared memory. */
typedef struct wasm2obj_shared_memory_t wasm2obj_shared_memory_t;

/* Makes a shared memory of `min` pages of 64 KiB, all bytes zero, which can grow to `max` pages. It
 * has 32-bit addresses. `limits` may be null for the default ones. Fails if `max` is less than
 * `min` or more than 65536, a limit is exceeded, or the system refuses the address space. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_shared_memory_new(uint64_t min, uint64_t max,
                                                          const wasm2obj_limits_t* limits,
                                                          wasm2obj_shared_memory_t** memory);
/* Returns the shared memory that an instance exports under `name`, as an object that may outlive
 * the instance. Fails if it exports no shared memory of this name. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_shared_memory_new_export(
    const wasm2obj_instance_t* instance, const char* name, wasm2obj_shared_memory_t** memory);
/* Frees the object. Instances that have the memory go on to use it. */
WASM2OBJ_API void wasm2obj_shared_memory_delete(wasm2obj_shared_memory_t* memory);

/* Returns the bytes of the memory and sets `*size` to their number. The address never changes, and
 * the number may grow at any time. Guests may read and write the bytes at any time: the program
 * accesses them by atomic instructions, or where it is otherwise sure that no guest does. */
WASM2OBJ_API void* wasm2obj_shared_memory_data(const wasm2obj_shared_memory_t* memory,
                                               size_t* size);
/* Grows the memory by `pages` pages of zeros and sets `*old_pages`, unless it is null, to the
 * number before. Fails if the maximum or a limit would be exceeded, or if the system refuses. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_shared_memory_grow(wasm2obj_shared_memory_t* memory,
                                                           uint64_t pages, uint64_t* old_pages);

/* How a wait has ended. */
typedef enum wasm2obj_wait_t {
  WASM2OBJ_WAIT_WOKEN = 0,
  WASM2OBJ_WAIT_NOT_EQUAL = 1, /* the memory had another value: it has not waited */
  WASM2OBJ_WAIT_TIMED_OUT = 2
} wasm2obj_wait_t;

/* Waits like the guest's memory.atomic.wait32: if the word at the address `at` is `expected`, until
 * a guest or the program notifies waiters of that address, but not longer than `timeout`
 * nanoseconds, or without a limit if that is negative. Fails if the address is not a multiple of 4
 * or out of bounds. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_shared_memory_wait(const wasm2obj_shared_memory_t* memory,
                                                           uint64_t at, uint32_t expected,
                                                           int64_t timeout, wasm2obj_wait_t* ended);
/* Wakes at most `count` threads that wait at the address `at`, those that have waited longest, like
 * the guest's memory.atomic.notify. Sets `*woken`, unless it is null, to their number. Fails if the
 * address is not a multiple of 4 or out of bounds. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_shared_memory_notify(wasm2obj_shared_memory_t* memory,
                                                             uint64_t at, uint32_t count,
                                                             uint32_t* woken);

/* Defines `module`.`name` as a shared memory, which instances that the linker makes can import. */
WASM2OBJ_API void wasm2obj_linker_shared_memory(wasm2obj_linker_t* linker, const char* module,
                                                const char* name,
                                                const wasm2obj_shared_memory_t* memory);

#ifdef __cplusplus
}
#endif

#endif
