/* When objects end, and their finalizers run. */
#include "test/embed/standard/check.h"

/* An instance lives as long as its exports are used. */
static void test_instances(void) {
  world_t world;
  make_world(&world, do_nothing, NULL);
  int ended = 0, memories = 0;
  wasm_instance_set_host_info_with_finalizer(world.instance, &ended, count_up);
  wasm_memory_t* second = wasm_extern_as_memory(extern_named(&world, "second"));
  wasm_memory_set_host_info_with_finalizer(second, &memories, count_up);
  wasm_func_t* add = wasm_func_copy(func_named(&world, "add"));
  wasm_extern_vec_delete(&world.exports);
  wasm_instance_delete(world.instance);
  world.instance = NULL;
  wasm_val_t args[] = {WASM_I32_VAL(1), WASM_I32_VAL(2)}, result = WASM_INIT_VAL;
  wasm_val_vec_t arg_vec = WASM_ARRAY_VEC(args), results = {1, &result};
  EXPECT(wasm_func_call(add, &arg_vec, &results) == NULL && result.of.i32 == 3);
  EXPECT(ended == 0 && memories == 0);
  /* A table of the program keeps it as well. */
  EXPECT(wasm_table_set(world.functions, 0, wasm_func_as_ref(add)));
  wasm_func_delete(add);
  wasm_instance_delete(instantiate(&world));
  EXPECT(ended == 0);
  EXPECT(wasm_table_set(world.functions, 0, NULL));
  for (int i = 0; i < 4; ++i) wasm_instance_delete(instantiate(&world));
  EXPECT(ended == 1 && memories == 1);
  end_world(&world);
  EXPECT(ended == 1 && memories == 1);
}

/* Objects of the program end when neither it nor a guest has them. */
static void test_foreign(void) {
  world_t world;
  make_world(&world, do_nothing, NULL);
  int alone = 0, held = 0;
  wasm_foreign_t* foreign = wasm_foreign_new(world.store);
  wasm_foreign_set_host_info_with_finalizer(foreign, &alone, count_up);
  wasm_foreign_delete(foreign);
  EXPECT(alone == 1);
  foreign = wasm_foreign_new(world.store);
  wasm_foreign_set_host_info_with_finalizer(foreign, &held, count_up);
  wasm_val_t value = WASM_REF_VAL(wasm_foreign_as_ref(foreign));
  wasm_global_set(wasm_extern_as_global(extern_named(&world, "object")), &value);
  wasm_foreign_delete(foreign);
  EXPECT(held == 0);
  end_world(&world);
  EXPECT(held == 1);
}

/* Records the order of finalizers. */
static char order[8];
static void record(void* letter) { strncat(order, letter, 1); }

static void test_order(void) {
  wasm_engine_t* engine = wasm_engine_new();
  wasm_store_t* store = wasm_store_new(engine);
  wasm_functype_t* type = wasm_functype_new_0_0();
  wasm_func_t* first = wasm_func_new_with_env(store, type, do_nothing, "c", record);
  wasm_func_t* second = wasm_func_new_with_env(store, type, do_nothing, "d", record);
  wasm_func_set_host_info_with_finalizer(second, "a", record);
  wasm_func_set_host_info_with_finalizer(first, "b", record);
  wasm_functype_delete(type);
  wasm_func_delete(first);
  wasm_func_delete(second);
  EXPECT(strcmp(order, "") == 0);
  wasm_store_delete(store);
  EXPECT(strcmp(order, "abcd") == 0);
  wasm_engine_delete(engine);
}

/* Objects may be deleted after their store; the other functions fail then. */
static void test_after_store(void) {
  world_t world;
  make_world(&world, do_nothing, NULL);
  wasm_store_delete(world.store);
  world.store = NULL;
  EXPECT_TRAP(wasm_func_call(world.mix, NULL, NULL), "has been deleted");
  EXPECT(wasm_func_type(world.mix) == NULL && wasm_func_copy(world.mix) == NULL);
  EXPECT(wasm_func_same(world.mix, world.mix) && !wasm_func_same(world.mix, world.nothing));
  wasm_val_t value;
  wasm_global_get(world.counter, &value);
  EXPECT_REASON("has been deleted");
  EXPECT(wasm_memory_data(world.memory) == NULL && wasm_table_size(world.functions) == 0);
  int ended = 0;
  wasm_func_set_host_info_with_finalizer(world.mix, &ended, count_up);
  EXPECT(ended == 1);
  wasm_extern_vec_t exports;
  wasm_instance_exports(world.instance, &exports);
  EXPECT(exports.size == 0);
  EXPECT(instantiate(&world) == NULL);
  end_world(&world);
}

/* Deletes the store from inside of a call: that takes effect when the call is over. */
static wasm_trap_t* delete_all(void* env, const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  (void)args, (void)results;
  world_t* world = env;
  wasm_store_delete(world->store);
  world->store = NULL;
  wasm_extern_vec_delete(&world->exports);
  wasm_instance_delete(world->instance);
  world->instance = NULL;
  return NULL;
}

static void test_deletion_inside(void) {
  world_t world;
  make_world(&world, delete_all, &world);
  EXPECT(call_named(&world, "outer", 0, 0, 0, 0, NULL) == NULL);
  EXPECT_TRAP(wasm_func_call(world.mix, NULL, NULL), "has been deleted");
  end_world(&world);
}

int test_lifetimes(void) {
  test_instances();
  test_foreign();
  test_order();
  test_after_store();
  test_deletion_inside();
  return failures;
}
