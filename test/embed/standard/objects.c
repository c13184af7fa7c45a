/* Globals, tables, memories and externals. */
#include "test/embed/standard/check.h"

static void test_globals(const world_t* world) {
  EXPECT(call_named(world, "increment", 0, 0, 0, 0, NULL) == NULL);
  wasm_val_t value;
  wasm_global_get(world->counter, &value);
  EXPECT(value.kind == WASM_I64 && value.of.i64 == 1);
  wasm_globaltype_t* type = wasm_global_type(world->counter);
  EXPECT(wasm_globaltype_mutability(type) == WASM_VAR);
  wasm_globaltype_delete(type);

  const wasm_extern_t* external = extern_named(world, "constant");
  EXPECT(wasm_extern_kind(external) == WASM_EXTERN_GLOBAL);
  wasm_global_t* constant = (wasm_global_t*)wasm_extern_as_global_const(external);
  wasm_val_t other = WASM_F64_VAL(3);
  wasm_global_set(constant, &other);
  EXPECT_REASON("immutable");
  wasm_global_get(constant, &value);
  EXPECT(value.of.f64 == 2.5);

  wasm_global_t* object = wasm_extern_as_global(extern_named(world, "object"));
  wasm_foreign_t* foreign = wasm_foreign_new(world->store);
  wasm_val_t ref = WASM_REF_VAL(wasm_foreign_as_ref(foreign));
  wasm_global_set(object, &ref);
  wasm_global_get(object, &value);
  EXPECT(wasm_ref_as_foreign_const(value.of.ref) != NULL &&
         wasm_ref_same(value.of.ref, ref.of.ref));
  wasm_val_delete(&value);
  wasm_foreign_delete(foreign);
}

/* Adds 100 to a difference. */
static wasm_trap_t* subtract(const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  results->data[0].of.i32 = args->data[0].of.i32 - args->data[1].of.i32 + 100;
  return NULL;
}

/* A function of the program in a table of functions, before and after a guest has the table. */
static void test_table_of_functions(const world_t* world) {
  wasm_functype_t* type =
      wasm_functype_new_2_1(wasm_valtype_new_i32(), wasm_valtype_new_i32(), wasm_valtype_new_i32());
  wasm_func_t* func = wasm_func_new(world->store, type, subtract);
  wasm_functype_delete(type);
  wasm_table_t* table = world->functions;
  EXPECT(wasm_table_size(table) == 4);
  EXPECT(wasm_table_set(table, 1, wasm_func_as_ref(func)));
  EXPECT(wasm_table_set(table, 2, wasm_func_as_ref(func_named(world, "add"))));
  EXPECT(wasm_table_set(table, 3, wasm_func_as_ref(world->nothing)));
  EXPECT(!wasm_table_set(table, 4, NULL));
  wasm_ref_t* element = wasm_table_get(table, 1);
  EXPECT(wasm_func_same(wasm_ref_as_func(element), func));
  wasm_ref_delete(element);
  wasm_func_delete(func);
  wasm_val_t result = WASM_INIT_VAL;
  EXPECT(call_named(world, "call-indirect", 3, 1, 50, 8, &result) == NULL);
  EXPECT(result.of.i32 == 142);
  EXPECT(call_named(world, "call-indirect", 3, 2, 50, 8, &result) == NULL);
  EXPECT(result.of.i32 == 58);
  EXPECT_TRAP(call_named(world, "call-indirect", 3, 3, 1, 1, NULL), "indirect call type mismatch");
  EXPECT_TRAP(call_named(world, "call-indirect", 3, 0, 1, 1, NULL), "uninitialized element");
  EXPECT(!wasm_table_grow(table, UINT32_MAX, NULL));
  EXPECT(wasm_table_grow(table, 3, wasm_func_as_ref(world->nothing)) &&
         wasm_table_size(table) == 7);
  EXPECT(!wasm_table_set(table, 0, wasm_memory_as_ref(world->memory)));
  EXPECT_REASON("expected funcref");
}

static void test_table_of_objects(const world_t* world) {
  wasm_table_t* table = wasm_extern_as_table(extern_named(world, "objects"));
  wasm_foreign_t* foreign = wasm_foreign_new(world->store);
  EXPECT(wasm_table_get(table, 0) == NULL && wasm_table_get(table, 9) == NULL);
  EXPECT(wasm_table_grow(table, 1, wasm_foreign_as_ref(foreign)));
  wasm_ref_t* element = wasm_table_get(table, 2);
  EXPECT(wasm_ref_same(element, wasm_foreign_as_ref_const(foreign)));
  wasm_ref_delete(element);
  EXPECT(!wasm_table_grow(table, 100, NULL));
  wasm_tabletype_t* type = wasm_table_type(table);
  EXPECT(wasm_valtype_kind(wasm_tabletype_element(type)) == WASM_EXTERNREF);
  EXPECT(wasm_tabletype_limits(type)->max == 8);
  wasm_tabletype_delete(type);
  wasm_foreign_delete(foreign);
}

static void test_memories(const world_t* world) {
  EXPECT(wasm_memory_size(world->memory) == 1);
  EXPECT(wasm_memory_data_size(world->memory) == MEMORY_PAGE_SIZE);
  wasm_memory_data(world->memory)[MEMORY_PAGE_SIZE - 1] = 42;
  wasm_val_t result = WASM_INIT_VAL;
  EXPECT(call_named(world, "peek", 1, MEMORY_PAGE_SIZE - 1, 0, 0, &result) == NULL);
  EXPECT(result.of.i32 == 42);
  EXPECT_TRAP(call_named(world, "peek", 1, MEMORY_PAGE_SIZE, 0, 0, NULL), "out of bounds memory");
  EXPECT(wasm_memory_grow(world->memory, 1) && !wasm_memory_grow(world->memory, 1));
  EXPECT(wasm_memory_size(world->memory) == 2);
  EXPECT(call_named(world, "peek", 1, MEMORY_PAGE_SIZE, 0, 0, &result) == NULL);
  EXPECT(result.of.i32 == 0);
  wasm_memorytype_t* type = wasm_memory_type(world->memory);
  EXPECT(wasm_memorytype_limits(type)->max == 2);
  wasm_memorytype_delete(type);
}

static void test_externals(const world_t* world) {
  const wasm_extern_t* externals[] = {
      wasm_func_as_extern_const(world->mix), wasm_global_as_extern_const(world->counter),
      wasm_table_as_extern_const(world->functions), wasm_memory_as_extern_const(world->memory),
      extern_named(world, "tag")};
  for (size_t i = 0; i < sizeof externals / sizeof *externals; ++i) {
    wasm_externkind_t kind = wasm_extern_kind(externals[i]);
    EXPECT(kind == i);
    wasm_externtype_t* type = wasm_extern_type(externals[i]);
    EXPECT(wasm_externtype_kind(type) == kind);
    wasm_externtype_delete(type);
    wasm_extern_t* copy = wasm_extern_copy(externals[i]);
    EXPECT((wasm_extern_as_func(copy) != NULL) == (kind == WASM_EXTERN_FUNC));
    EXPECT((wasm_extern_as_global(copy) != NULL) == (kind == WASM_EXTERN_GLOBAL));
    EXPECT((wasm_extern_as_table(copy) != NULL) == (kind == WASM_EXTERN_TABLE));
    EXPECT((wasm_extern_as_memory(copy) != NULL) == (kind == WASM_EXTERN_MEMORY));
    EXPECT((wasm_extern_as_func_const(copy) != NULL) == (kind == WASM_EXTERN_FUNC));
    EXPECT((wasm_extern_as_table_const(copy) != NULL) == (kind == WASM_EXTERN_TABLE));
    EXPECT((wasm_extern_as_memory_const(copy) != NULL) == (kind == WASM_EXTERN_MEMORY));
    wasm_extern_delete(copy);
  }
}

int test_objects(void) {
  world_t world;
  make_world(&world, do_nothing, NULL);
  test_globals(&world);
  test_table_of_functions(&world);
  test_table_of_objects(&world);
  test_memories(&world);
  test_externals(&world);
  end_world(&world);
  return failures;
}
