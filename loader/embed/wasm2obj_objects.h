/* libwasmrt: memories, tables, globals and tags that instances export or the program makes. A part
 * of wasm2obj.h, whose rules apply; its functions use the objects. */
#ifndef WASM2OBJ_OBJECTS_H
#define WASM2OBJ_OBJECTS_H

#include <wasm2obj_types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Set `*memory` and so on to what an instance exports as `name`, which is valid as long as the
 * instance. Fail with the kind USE if it exports nothing of this kind and name. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_find_memory(wasm2obj_instance_t* instance,
                                                             const char* name,
                                                             wasm2obj_memory_t** memory);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_find_table(wasm2obj_instance_t* instance,
                                                            const char* name,
                                                            wasm2obj_table_t** table);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_find_global(wasm2obj_instance_t* instance,
                                                             const char* name,
                                                             wasm2obj_global_t** global);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_instance_find_tag(wasm2obj_instance_t* instance,
                                                          const char* name, wasm2obj_tag_t** tag);

/* Set `*type` to the type of an object, in which the minimum is the current size. Its strings
 * belong to the object, and are valid until its type is asked for again. Fail with the kind USE if
 * the object is null or its store has been deleted. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_memory_type(const wasm2obj_memory_t* memory,
                                                    wasm2obj_extern_type_t* type);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_table_type(const wasm2obj_table_t* table,
                                                   wasm2obj_extern_type_t* type);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_global_type(const wasm2obj_global_t* global,
                                                    wasm2obj_extern_type_t* type);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_tag_type(const wasm2obj_tag_t* tag,
                                                 wasm2obj_extern_type_t* type);

/* Make objects in a store, which own them: see wasm2obj_memory_t. A linker defines them for modules
 * (wasm2obj_linker.h). Of the type, `kind` and `text` are ignored. Fail with the kind USE if the
 * type is malformed or nothing can be made of it, if the initial value does not fit the type, or if
 * a limit of the store is exceeded. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_memory_make(wasm2obj_store_t* store,
                                                    const wasm2obj_extern_type_t* type,
                                                    wasm2obj_memory_t** memory);
/* All elements are `initial`. */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_table_make(wasm2obj_store_t* store,
                                                   const wasm2obj_extern_type_t* type,
                                                   const wasm2obj_ref_t* initial,
                                                   wasm2obj_table_t** table);
WASM2OBJ_API wasm2obj_error_t* wasm2obj_global_make(wasm2obj_store_t* store,
                                                    const wasm2obj_extern_type_t* type,
                                                    const wasm2obj_value_t* initial,
                                                    wasm2obj_global_t** global);
/* `type` is that of a function without results, whose parameters an exception has: "(iI)". */
WASM2OBJ_API wasm2obj_error_t* wasm2obj_tag_make(wasm2obj_store_t* store, const char* type,
                                                 wasm2obj_tag_t** tag);

#ifdef __cplusplus
}
#endif

#endif
