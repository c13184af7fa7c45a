/* libwasmrt: functions of the program that guests import, and typed calls in both directions, which
 * take nanoseconds. A part of wasm2obj.h, whose rules apply. */
#ifndef WASM2OBJ_LINKER_H
#define WASM2OBJ_LINKER_H

#include <wasm2obj_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Types of functions are written as in wasm2obj_types.h. Typed functions, whose arguments are
 * passed as those of C, have only parameters and results that are numbers: i, I, f and F. There are
 * other functions for all types, which take longer: wasm2obj_instance_call and
 * wasm2obj_linker_callback. */

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

/* Returns the pointer that wasm2obj_linker_func or wasm2obj_linker_callback was given. */
WASM2OBJ_API void* wasm2obj_caller_env(const wasm2obj_caller_t* caller);
/* Returns the instance that imports the function, which wasm2obj_linker_instantiate may not have
 * returned yet. */
WASM2OBJ_API wasm2obj_instance_t* wasm2obj_caller_instance(const wasm2obj_caller_t* caller);
/* Returns where a typed function with several results, which returns void, writes them: in order,
 * one to a slot, right before it returns. Calls of guests use the same slots. */
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
 * at a time. With a store (see wasm2obj_linker_store) it belongs to those that are used by one
 * thread at a time all together. */
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

/* A function of the program of any type. `arguments` are borrowed. `results` are zeros and null
 * references of the function's types, which it changes; references among them belong to the guest
 * then. Returns null, or an error that it gives away: the call of the guest ends with it. An exit
 * is one of the guest, an exception is thrown in the guest, which may catch it, and everything else
 * is a trap with the text of the error.
 *
 * The rules are those of wasm2obj_linker_func. Such a call takes about 100 ns, and for each
 * reference as long as it takes to make and delete a wasm2obj_ref_t. */
typedef wasm2obj_error_t* (*wasm2obj_callback_t)(wasm2obj_caller_t* caller,
                                                 const wasm2obj_value_t* arguments,
                                                 size_t argument_count, wasm2obj_value_t* results,
                                                 size_t result_count);
/* Defines `module`.`name` as such a function. If `type` is null, the function is of each type that
 * a module imports it with. `finish` may be null; otherwise it is called once with `env` when `env`
 * is no longer needed: the name has been defined anew or the linker deleted, and all instances and
 * wasm2obj_prepared_t that were made with it have been deleted. It is not called if this fails. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_callback(wasm2obj_linker_t* linker,
                                                        const char* module, const char* name,
                                                        const char* type, wasm2obj_callback_t code,
                                                        void* env, void (*finish)(void* env));
/* Calls `finish` once with `env` when the linker and all instances and wasm2obj_prepared_t that it
 * makes from now on have been deleted: for environments of wasm2obj_linker_func. */
WASM2OBJ_API void wasm2obj_linker_keep(wasm2obj_linker_t* linker, void* env,
                                       void (*finish)(void* env));
/* Returns an error of the kind TRAP for a function of the program to return. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_error_new(const char* message);

/* --- Objects of a store ---------------------------------------------------------------------- */

/* Lets the instances that the linker makes from then on be of a store, with its limits. The
 * functions below do so too, with the store of what they define. They fail with the kind USE if the
 * linker has another store already, or if an object is null or has been deleted. What belongs to an
 * instance exists as long as the linker, what it has prepared, and the instances that import it,
 * also if the instance has been deleted. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_store(wasm2obj_linker_t* linker,
                                                     const wasm2obj_store_t* store);
/* Define `module`.`name`. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_memory(wasm2obj_linker_t* linker, const char* module,
                                                      const char* name,
                                                      const wasm2obj_memory_t* memory);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_table(wasm2obj_linker_t* linker, const char* module,
                                                     const char* name,
                                                     const wasm2obj_table_t* table);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_global(wasm2obj_linker_t* linker, const char* module,
                                                      const char* name,
                                                      const wasm2obj_global_t* global);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_tag(wasm2obj_linker_t* linker, const char* module,
                                                   const char* name, const wasm2obj_tag_t* tag);
/* Defines a function that a reference refers to. Fails also if it refers to something else. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_ref(wasm2obj_linker_t* linker, const char* module,
                                                   const char* name, const wasm2obj_ref_t* ref);
/* Defines all exports of an instance, of any kind, as `module`. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_instance(wasm2obj_linker_t* linker,
                                                        const char* module,
                                                        const wasm2obj_instance_t* instance);

/* --- Instances ------------------------------------------------------------------------------- */

/* Lets imported functions that are not defined be functions that trap when they are called, instead
 * of an error. */
WASM2OBJ_API void wasm2obj_linker_trap_unknown(wasm2obj_linker_t* linker);

/* Instantiates a module as wasm2obj_instance_new_limited does, with the definitions of the linker
 * and those of WASI, which come second. `wasi` may be null: then those of WASI are not defined.
 * `limits` may be null for the default ones; they are ignored if the linker has a store. Fails
 * with the kind USE and a list of the imports that are not defined, or not with the same type. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_instantiate(const wasm2obj_linker_t* linker,
                                                           const wasm2obj_module_t* module,
                                                           const wasm2obj_wasi_t* wasi,
                                                           const wasm2obj_limits_t* limits,
                                                           wasm2obj_instance_t** instance);

/* A module with its imports, which have been found and checked once. It may be used for any number
 * of instances, by several threads at a time unless the linker had a store. */
typedef struct wasm2obj_prepared_t wasm2obj_prepared_t;

/* Prepares a module for instances like those that wasm2obj_linker_instantiate would make now. The
 * linker, the module, `wasi` and `limits` may be changed or deleted afterwards. Fails as that does
 * for imports that are not defined. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_linker_prepare(const wasm2obj_linker_t* linker,
                                                       const wasm2obj_module_t* module,
                                                       const wasm2obj_wasi_t* wasi,
                                                       const wasm2obj_limits_t* limits,
                                                       wasm2obj_prepared_t** prepared);
/* Frees it. Instances that were made by it remain valid. */
WASM2OBJ_API void wasm2obj_prepared_delete(wasm2obj_prepared_t* prepared);
/* Makes an instance without looking for imports again. If the module has a pool
 * (wasm2obj_module_pool) and imports nothing of WASI, that takes a few microseconds, half of the
 * time of wasm2obj_linker_instantiate. Fails as wasm2obj_instance_new does. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_prepared_instantiate(const wasm2obj_prepared_t* prepared,
                                                             wasm2obj_instance_t** instance);

#ifdef __cplusplus
}
#endif

#endif
