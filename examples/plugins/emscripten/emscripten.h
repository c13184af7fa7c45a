/* What modules that Emscripten has made import from the module `env`, and how they are started.
 * Those of `-sSTANDALONE_WASM` import little else than WASI; others that do not use JavaScript
 * often need no more than this. */
#ifndef EXAMPLE_EMSCRIPTEN_H
#define EXAMPLE_EMSCRIPTEN_H

#include <wasm2obj.h>
#include <wasm2obj_linker.h>

/* Defines the functions of `env` that do not depend on a browser. All others trap when they are
 * called. `*growths` counts how often a module tells that its memory has grown; it must be valid as
 * long as the instances. */
wasm2obj_error_t* emscripten_define(wasm2obj_linker_t* linker, unsigned* growths);

/* Runs the constructors of an instance that exports no `_initialize`, which instantiation has
 * called otherwise. */
wasm2obj_error_t* emscripten_start(wasm2obj_instance_t* instance);

/* Return the bytes [at, at + size) of the memory, or null if they are not all in it. */
void* emscripten_bytes(wasm2obj_instance_t* instance, uint32_t at, size_t size);

#endif
