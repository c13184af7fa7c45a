/* What the files of this program share: it calls all functions of wasm.h and checks their results.
 */
#ifndef WASM2OBJ_TEST_EMBED_STANDARD_CHECK_H
#define WASM2OBJ_TEST_EMBED_STANDARD_CHECK_H

#include "loader/standard/wasm.h"
#include "test/embed/expect.h"

/* Expects the last error to have a part. */
#define EXPECT_REASON(part) EXPECT(strstr(wasm2obj_last_error(), part) != NULL)

/* The modules standard.wat and catching.wat, as the program is given them. */
extern wasm_byte_vec_t standard_module;
extern wasm_byte_vec_t catching_module;

/* An instance of standard.wat with objects of the program. */
typedef struct world_t {
  wasm_engine_t* engine;
  wasm_store_t* store;
  wasm_module_t* module;
  wasm_func_t* mix;
  wasm_func_t* nothing;
  wasm_global_t* counter;
  wasm_table_t* functions;
  wasm_memory_t* memory;
  wasm_instance_t* instance;
  wasm_extern_vec_t exports;
} world_t;

/* Make and end a world. What the imported function `nothing` does is `code`, with `env`. */
void make_world(world_t* world, wasm_func_callback_with_env_t code, void* env);
void end_world(world_t* world);
/* Makes another instance with the same imports. */
wasm_instance_t* instantiate(const world_t* world);
/* Returns the export of an instance with an index. The caller deletes it. */
wasm_extern_t* export_of(const wasm_instance_t* instance, size_t index);
/* Return an export by its name; it belongs to the world. */
wasm_extern_t* extern_named(const world_t* world, const char* name);
wasm_func_t* func_named(const world_t* world, const char* name);
/* Calls an exported function with i32 arguments. `result` may be null. */
wasm_trap_t* call_named(const world_t* world, const char* name, size_t count, int32_t first,
                        int32_t second, int32_t third, wasm_val_t* result);
/* A callback that does nothing. */
wasm_trap_t* do_nothing(void* env, const wasm_val_vec_t* args, wasm_val_vec_t* results);
/* Returns the number of failures in world.c. */
int world_failures(void);
/* Expects a trap with a part in its message, and deletes it. */
void expect_trap(wasm_trap_t* trap, const char* part, int line);
#define EXPECT_TRAP(trap, part) expect_trap(trap, part, __LINE__)
/* A finalizer that counts its calls in an int. */
void count_up(void* count);

/* The parts of the program. Each returns the number of failures in its file. */
int test_types(void);
int test_vectors(void);
int test_references(void);
int test_modules(void);
int test_calls(void);
int test_objects(void);
int test_traps(void);
int test_lifetimes(void);
int test_misuse(void);

#endif
