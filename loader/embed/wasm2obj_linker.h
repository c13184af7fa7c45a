/* libwasmrt: functions of the program that guests import, and typed calls in both directions, which
 * take nanoseconds. A part of wasm2obj.h, whose rules apply. */
#ifndef WASM2OBJ_LINKER_H
#define WASM2OBJ_LINKER_H

#include <wasm2obj.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Types of functions are written as the letters of the parameters in parentheses and those of the
 * results: i for i32, I for i64, f for f32, F for f64. "(iI)f" takes an i32 and an i64 and returns
 * an f32, "()" takes and returns nothing. Functions with values of other types can be called by
 * wasm2obj_instance_call. */

/* --- Functions of guests --------------------------------------------------------------------- */

/* An argument or a result. The type of the function tells the member that is used. */
typedef union wasm2obj_slot_t {
  int32_t i32;
  int64_t i64;
  float f32;
  double f64;
  uint8_t bytes[16]; /* the size of a slot */
} wasm2obj_slot_t;

/* A function that an instance exports. It belongs to the instance, and is valid as long as it. */
typedef struct wasm2obj_func_t wasm2obj_func_t;

/* Sets `*func` to the exported function `name`. Fails with the kind USE if there is none, or if its
 * type is not `type`. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_func(wasm2obj_instance_t* instance,
                                                      const char* name, const char* type,
                                                      const wasm2obj_func_t** func);
/* Calls a function. `slots` has the arguments before the call and the results after it; there must
 * be as many as arguments or results, whichever are more. The thread must have the floating-point
 * modes with which C programs begin; wasm2obj_instance_call sets and restores them, which takes
 * twice as long as this function. Fails like that one; the slots are undefined then. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_func_call(const wasm2obj_func_t* func,
                                                  wasm2obj_slot_t* slots);

/* --- Functions of the program ---------------------------------------------------------------- */

/* A call of a function of the program by a guest. Valid until the function returns. */
typedef struct wasm2obj_caller_t wasm2obj_caller_t;

/* Returns the pointer that wasm2obj_linker_func was given. */
WASM2OBJ_API void* wasm2obj_caller_env(const wasm2obj_caller_t* caller);
/* Returns where a function with several results, which returns void, writes them: in order, one to
 * a slot, right before it returns. Calls of guests use the same slots. */
WASM2OBJ_API wasm2obj_slot_t* wasm2obj_caller_results(const wasm2obj_caller_t* caller);
/* Returns the memory that the calling instance exports as "memory" and sets `*size` to its size in
 * bytes, or returns null and sets it to 0. Addresses that come from a guest must be compared with
 * the size, which may grow whenever guest code runs. */
WASM2OBJ_API void* wasm2obj_caller_memory(const wasm2obj_caller_t* caller, size_t* size);
/* Let the call of the guest end, with a trap or as if by proc_exit, as soon as the function has
 * returned. What it returns is ignored. The message is copied. */
WASM2OBJ_API void wasm2obj_caller_trap(wasm2obj_caller_t* caller, const char* message);
WASM2OBJ_API void wasm2obj_caller_exit(wasm2obj_caller_t* caller, int32_t status);

/* Definitions for the imports of modules. It may be used for any number of instances, by one thread
 * at a time. */
typedef struct wasm2obj_linker_t wasm2obj_linker_t;

/* Returns a linker without definitions. */
WASM2OBJ_API wasm2obj_linker_t* wasm2obj_linker_new(void);
/* Frees the linker. Instances that were made by it remain valid. */
WASM2OBJ_API void wasm2obj_linker_delete(wasm2obj_linker_t* linker);

/* Any function; a cast makes one of a function with parameters. */
typedef void (*wasm2obj_code_t)(void);
/* Defines `module`.`name` as a function of the program. The guest calls `code` directly, with the
 * calling convention of C: for the type "(iI)f" it must be a function
 *     float code(wasm2obj_caller_t* caller, int32_t a, int64_t b)
 * It runs on the guest's stack, of which at least 256 KiB are free, and must return: neither a C++
 * exception nor longjmp may leave it. It may call functions of guests. `env` is what
 * wasm2obj_caller_env returns; it must be valid as long as instances that import the function. A
 * later definition of a name replaces an earlier one. Fails with the kind USE if the type is
 * malformed. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_func(wasm2obj_linker_t* linker, const char* module,
                                                    const char* name, const char* type,
                                                    wasm2obj_code_t code, void* env);
/* Defines all exports of an instance, of any kind, as `module`. Instances that the linker makes
 * from then on share its store, with its limits: the module's memories and tables count there, and
 * the instance exists as long as they need it. Fails with the kind USE if the linker has an
 * instance of another store. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_instance(wasm2obj_linker_t* linker,
                                                        const char* module,
                                                        const wasm2obj_instance_t* instance);
/* Lets imported functions that are not defined be functions that trap when they are called, instead
 * of an error. */
WASM2OBJ_API void wasm2obj_linker_trap_unknown(wasm2obj_linker_t* linker);

/* Instantiates a module as wasm2obj_instance_new_limited does, with the definitions of the linker
 * and those of WASI, which come second. `wasi` may be null: then those of WASI are not defined.
 * `limits` may be null for the default ones; they are ignored if the linker has an instance. Fails
 * with the kind USE and a list of the imports that are not defined, or not with the same type. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_instantiate(const wasm2obj_linker_t* linker,
                                                           const wasm2obj_module_t* module,
                                                           const wasm2obj_wasi_t* wasi,
                                                           const wasm2obj_limits_t* limits,
                                                           wasm2obj_instance_t** instance);

#ifdef __cplusplus
}
#endif

#endif
