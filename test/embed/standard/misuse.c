/* What programs do wrong is refused. */
#include "test/embed/standard/check.h"

/* Links with imports that are wrong, and expects a trap with a reason. */
static void expect_refused(const world_t* world, size_t count, wasm_extern_t* given[],
                           const char* part, int line) {
  wasm_extern_vec_t imports = {count, given};
  wasm_trap_t* trap = NULL;
  expect(wasm_instance_new(world->store, world->module, &imports, &trap) == NULL, "no instance",
         line);
  expect_trap(trap, part, line);
}
#define EXPECT_REFUSED(world, count, given, part) \
  expect_refused(world, count, given, part, __LINE__)

static void test_links(void) {
  world_t world, other;
  make_world(&world, do_nothing, NULL);
  make_world(&other, do_nothing, NULL);
  wasm_extern_t* given[] = {
      wasm_func_as_extern(world.mix),       wasm_func_as_extern(world.nothing),
      wasm_global_as_extern(world.counter), wasm_table_as_extern(world.functions),
      wasm_memory_as_extern(other.memory),
  };
  EXPECT_REFUSED(&world, 5, given, "import host.memory is of another store");
  given[4] = NULL;
  EXPECT_REFUSED(&world, 5, given, "import 4 is null");
  EXPECT_REFUSED(&world, 3, given, "3 imports given, expected 5");
  given[4] = wasm_memory_as_extern(world.memory);
  given[0] = given[1];
  EXPECT_REFUSED(&world, 5, given, "incompatible import type for host.mix");
  wasm_extern_vec_t imports = WASM_ARRAY_VEC(given);
  EXPECT(wasm_instance_new(world.store, world.module, &imports, NULL) == NULL);
  EXPECT_REASON("incompatible import type");
  end_world(&other);
  given[0] = wasm_func_as_extern(world.mix);
  wasm_instance_t* instance = wasm_instance_new(world.store, world.module, &imports, NULL);
  EXPECT(instance != NULL);
  wasm_instance_delete(instance);
  end_world(&world);
}

static void test_references_of_others(void) {
  world_t world, other;
  make_world(&world, do_nothing, NULL);
  make_world(&other, do_nothing, NULL);
  wasm_foreign_t* foreign = wasm_foreign_new(other.store);
  wasm_ref_t* ref = wasm_foreign_as_ref(foreign);
  wasm_val_t value = WASM_REF_VAL(ref);
  wasm_global_set(wasm_extern_as_global(extern_named(&world, "object")), &value);
  EXPECT_REASON("of another store");
  EXPECT(!wasm_table_set(wasm_extern_as_table(extern_named(&world, "objects")), 0, ref));
  EXPECT(!wasm_table_set(world.functions, 0, wasm_func_as_ref(other.mix)));
  wasm_val_vec_t args = {1, &value};
  EXPECT_TRAP(wasm_func_call(func_named(&world, "same-any"), &args, NULL), "of another store");
  wasm_foreign_delete(foreign);
  end_world(&world);
  end_world(&other);
}

/* A result of the wrong type, and a trap of another store. */
static wasm_trap_t* return_float(const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  (void)args;
  wasm_val_t value = WASM_F32_VAL(1);
  results->data[0] = value;
  return NULL;
}
static wasm_trap_t* return_trap(void* env, const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  (void)args, (void)results;
  wasm_message_t message = {6, "theirs"};
  return wasm_trap_new(env, &message);
}

static void test_wrong_calls(void) {
  world_t world, other;
  make_world(&other, do_nothing, NULL);
  make_world(&world, return_trap, other.store);
  EXPECT_TRAP(call_named(&world, "outer", 0, 0, 0, 0, NULL), "theirs");
  EXPECT_TRAP(call_named(&world, "add", 1, 1, 0, 0, NULL), "1 arguments");
  wasm_val_t wrong[] = {WASM_I64_VAL(1), WASM_I32_VAL(1)};
  wasm_val_vec_t args = WASM_ARRAY_VEC(wrong);
  EXPECT_TRAP(wasm_func_call(func_named(&world, "add"), &args, NULL), "argument 0");
  wasm_val_vec_t one = {1, wrong};
  EXPECT_TRAP(wasm_func_call(func_named(&world, "vector"), &one, NULL), "v128");
  wasm_functype_t* type = wasm_functype_new_0_1(wasm_valtype_new_i32());
  wasm_func_t* func = wasm_func_new(world.store, type, return_float);
  EXPECT_TRAP(wasm_func_call(func, NULL, NULL), "result 0");
  wasm_func_delete(func);
  wasm_functype_delete(type);
  end_world(&world);
  end_world(&other);
}

static void test_wrong_objects(void) {
  wasm_engine_t* engine = wasm_engine_new();
  wasm_store_t* store = wasm_store_new(engine);
  wasm_limits_t backward = {5, 2}, large = {70000, wasm_limits_max_default};
  wasm_memorytype_t* memory = wasm_memorytype_new(&backward);
  EXPECT(wasm_memory_new(store, memory) == NULL);
  EXPECT_REASON("below its minimum");
  wasm_memorytype_delete(memory);
  memory = wasm_memorytype_new(&large);
  EXPECT(wasm_memory_new(store, memory) == NULL);
  wasm_memorytype_delete(memory);
  wasm_tabletype_t* table = wasm_tabletype_new(wasm_valtype_new_i32(), &large);
  EXPECT(wasm_table_new(store, table, NULL) == NULL);
  wasm_tabletype_delete(table);
  table = wasm_tabletype_new(wasm_valtype_new_funcref(), &backward);
  EXPECT(wasm_table_new(store, table, NULL) == NULL);
  wasm_tabletype_delete(table);
  wasm_globaltype_t* global = wasm_globaltype_new(wasm_valtype_new_i32(), WASM_VAR);
  wasm_val_t value = WASM_F64_VAL(1);
  EXPECT(wasm_global_new(store, global, &value) == NULL);
  wasm_globaltype_delete(global);
  wasm_store_delete(store);
  wasm_engine_delete(engine);
}

/* Null pointers in place of objects. */
static void test_null(void) {
  EXPECT(wasm_store_new(NULL) == NULL && wasm_module_new(NULL, NULL) == NULL);
  EXPECT(!wasm_module_validate(NULL, NULL) && wasm_module_deserialize(NULL, NULL) == NULL);
  EXPECT(wasm_module_share(NULL) == NULL && wasm_module_obtain(NULL, NULL) == NULL);
  EXPECT(wasm_func_new(NULL, NULL, NULL) == NULL && wasm_foreign_new(NULL) == NULL);
  EXPECT(wasm_global_new(NULL, NULL, NULL) == NULL && wasm_memory_new(NULL, NULL) == NULL);
  EXPECT(wasm_table_new(NULL, NULL, NULL) == NULL && wasm_table_get(NULL, 0) == NULL);
  EXPECT(wasm_functype_new(NULL, NULL) == NULL && wasm_tagtype_new(NULL) == NULL);
  EXPECT(wasm_ref_same(NULL, NULL) && wasm_ref_copy(NULL) == NULL);
  EXPECT(wasm_ref_get_host_info(NULL) == NULL && wasm_ref_as_func(NULL) == NULL);
  EXPECT(wasm_extern_as_func(NULL) == NULL && wasm_extern_type(NULL) == NULL);
  EXPECT(wasm_trap_new(NULL, NULL) == NULL && wasm_trap_origin(NULL) == NULL);
  EXPECT_TRAP(wasm_func_call(NULL, NULL, NULL), "null");
  wasm_trap_t* trap = NULL;
  EXPECT(wasm_instance_new(NULL, NULL, NULL, &trap) == NULL);
  EXPECT_TRAP(trap, "null");
  wasm_ref_delete(NULL);
  wasm_store_delete(NULL);
  wasm_val_vec_delete(NULL);
}

int test_misuse(void) {
  test_links();
  test_references_of_others();
  test_wrong_calls();
  test_wrong_objects();
  test_null();
  return failures;
}
