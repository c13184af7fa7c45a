/* libwasmrt: what a module imports, exports, and was made of. A part of wasm2obj.h, whose rules
 * apply. */
#ifndef WASM2OBJ_TYPES_H
#define WASM2OBJ_TYPES_H

#include <wasm2obj.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The type of a value is a letter: i for i32, I for i64, f for f32, F for f64, v for v128, x for
 * externref, c for funcref; r for every other reference type, of which a program can have values
 * but not make anything. The type of a function is the letters of its parameters in parentheses and
 * those of its results: "(iI)f" takes an i32 and an i64 and returns an f32, "()" takes and returns
 * nothing. */

/* The kinds of imports and exports, with the numbers of the binary format. */
typedef enum wasm2obj_kind_t {
  WASM2OBJ_FUNC = 0,
  WASM2OBJ_TABLE = 1,
  WASM2OBJ_MEMORY = 2,
  WASM2OBJ_GLOBAL = 3,
  WASM2OBJ_TAG = 4
} wasm2obj_kind_t;

/* The type of an import, an export or an object. Members that the kind does not have are 0. */
typedef struct wasm2obj_extern_type_t {
  wasm2obj_kind_t kind;
  const char* function; /* of a function or a tag, as above; the parameters of a tag are those of
                           its exceptions */
  const char* text;     /* the whole type for people, such as "memory (min 1, max 2)" */
  char value;           /* of a global's value or of a table's elements */
  bool is_mutable;      /* of a global */
  bool is_64;           /* of a memory or a table: its addresses or indices are i64 */
  bool is_shared;       /* of a memory */
  bool has_max;         /* of a memory or a table: `max` counts */
  uint32_t page_size;   /* of a memory, in bytes; if the program makes it, 0 is for 65536 */
  uint64_t min;         /* of a memory in pages, of a table in elements */
  uint64_t max;
} wasm2obj_extern_type_t;

/* An import and an export of a module. A name that has a NUL appears to end there. */
typedef struct wasm2obj_import_t {
  const char* module;
  const char* name;
  wasm2obj_extern_type_t type;
} wasm2obj_import_t;
typedef struct wasm2obj_export_t {
  const char* name;
  wasm2obj_extern_type_t type;
} wasm2obj_export_t;

/* What a module was made of, and for what. */
typedef struct wasm2obj_facts_t {
  const char* name;             /* in the module's name section; empty if it has none */
  const char* cpu;              /* as LLVM calls it; of several the one that was chosen */
  uint8_t source_sha256[32];    /* of the module in the binary format */
  uint32_t compiler_version[3]; /* of wasm2obj: major, minor, patch */
  uint32_t abi_version;
  uint64_t function_count; /* without imports */
  uint64_t code_size;      /* of these functions, in bytes */
  bool has_start;          /* a start function runs when it is instantiated */
} wasm2obj_facts_t;

/* Return the imports, the exports and the facts of a module, the lists in the module's order with
 * their lengths. They belong to the module, and are valid as long as it. These functions may be
 * called by several threads at a time. */
WASM2OBJ_API const wasm2obj_import_t* wasm2obj_module_imports(const wasm2obj_module_t* module,
                                                              size_t* count);
WASM2OBJ_API const wasm2obj_export_t* wasm2obj_module_exports(const wasm2obj_module_t* module,
                                                              size_t* count);
WASM2OBJ_API const wasm2obj_facts_t* wasm2obj_module_facts(const wasm2obj_module_t* module);

#ifdef __cplusplus
}
#endif

#endif
