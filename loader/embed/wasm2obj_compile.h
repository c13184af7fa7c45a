/* libwasm2obj: the compiler. libwasmrt has these functions too, and they fail with the kind USE. A
 * part of wasm2obj.h, whose rules apply. */
#ifndef WASM2OBJ_COMPILE_H
#define WASM2OBJ_COMPILE_H

#include <wasm2obj.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Compile a module of `size` bytes in the binary or the text format. `options` are words of the
 * command line of wasm2obj that are about code: -O0 to -O3 and -Os, --cpu=NAME (a single one),
 * --cpu-features=LIST, --target=TRIPLE, --bounds=guard or explicit, --spectre=off, tables or on,
 * --deterministic, --exact-traps, --count-fuel, --disable-pass=NAME, --verify-ir. The defaults are
 * those of wasm2obj. `options` may be null if `option_count` is 0.
 *
 * Fail with the kind USE if the module is not valid or an option is wrong; the text has the place
 * in the module. They may be called by several threads; one module is compiled at a time. */

/* Sets `*artifact` to a new buffer with the artifact, which may be stored in a file and is for
 * wasm2obj_module_open_bytes. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_compile(const void* bytes, size_t size,
                                                const char* const* options, size_t option_count,
                                                wasm2obj_buffer_t** artifact);
/* Loads the artifact at once. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_module_compile(const void* bytes, size_t size,
                                                       const char* const* options,
                                                       size_t option_count,
                                                       wasm2obj_module_t** module);

#ifdef __cplusplus
}
#endif

#endif
