/* Fuel: a limit on the instructions that guests execute, for programs that have wasm2obj.h. A guest
 * that was compiled with --count-fuel consumes about one unit with each instruction, always and on
 * every machine the same number:
 *
 *   wasm2obj_error_t *error = wasm2obj_instance_set_fuel(instance, 1000000);
 *   if (!error) error = wasm2obj_instance_call(instance, "work", NULL, 0, NULL, 0);
 *   uint64_t consumed = 1000000 - wasm2obj_instance_fuel(instance);
 *
 * A call that consumes more ends with the kind OUT_OF_FUEL; the instance may be used further.
 * docs/fuel.md says what costs how much. All instances of a store have their fuel together; what
 * code in it consumes that was compiled without the option is not counted. A store begins with
 * WASM2OBJ_FUEL_UNLIMITED, which no guest can consume.
 */
#ifndef WASM2OBJ_FUEL_H
#define WASM2OBJ_FUEL_H

#include <wasm2obj.h>

#ifdef __cplusplus
extern "C" {
#endif

/* As much as no guest can consume. */
#define WASM2OBJ_FUEL_UNLIMITED ((uint64_t)INT64_MAX)

/* Sets the fuel that is left. Larger amounts than WASM2OBJ_FUEL_UNLIMITED are the same as that.
 * Functions of the program that a guest calls may call this. Fails with the kind USE if the
 * module of the instance was not compiled with --count-fuel. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_set_fuel(wasm2obj_instance_t* instance,
                                                          uint64_t fuel);
/* Returns the fuel that is left. It is exact after a call that has returned and in functions of the
 * program; after a trap by an access out of bounds or an exhausted stack, and after an
 * interruption, it may be more than is left, unless the guest was compiled with --exact-traps. */
WASM2OBJ_API uint64_t wasm2obj_instance_fuel(const wasm2obj_instance_t* instance);

/* The same of a store, before it has instances: the limit then holds for start functions and
 * _initialize, too. */
WASM2OBJ_API void wasm2obj_store_set_fuel(wasm2obj_store_t* store, uint64_t fuel);
WASM2OBJ_API uint64_t wasm2obj_store_fuel(const wasm2obj_store_t* store);

#ifdef __cplusplus
}
#endif

#endif
