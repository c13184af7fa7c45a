/* What all kinds of references have: copies, identity, host info, conversions. */
#include "test/embed/standard/check.h"

/* Tests the functions for a kind of reference. `other` is to another object of the kind. */
#define DEFINE_BASE_TEST(name)                                                   \
  static void test_##name##_base(wasm_##name##_t* ref, wasm_##name##_t* other) { \
    wasm_##name##_t* copy = wasm_##name##_copy(ref);                             \
    EXPECT(copy != NULL && copy != ref);                                         \
    EXPECT(wasm_##name##_same(ref, copy) && !wasm_##name##_same(ref, other));    \
    int ended = 0, first = 0;                                                    \
    EXPECT(wasm_##name##_get_host_info(ref) == NULL);                            \
    wasm_##name##_set_host_info(ref, &first);                                    \
    EXPECT(wasm_##name##_get_host_info(copy) == &first);                         \
    EXPECT(wasm_##name##_get_host_info(other) == NULL);                          \
    wasm_##name##_set_host_info_with_finalizer(copy, &ended, count_up);          \
    EXPECT(wasm_##name##_get_host_info(ref) == &ended);                          \
    wasm_##name##_delete(copy);                                                  \
    EXPECT(ended == 0);                                                          \
    wasm_##name##_set_host_info(ref, NULL);                                      \
    EXPECT(ended == 1 && wasm_##name##_get_host_info(ref) == NULL);              \
  }

#define DEFINE_TEST(name)                                                                   \
  DEFINE_BASE_TEST(name)                                                                    \
  static void test_##name(wasm_##name##_t* ref, wasm_##name##_t* other) {                   \
    test_##name##_base(ref, other);                                                         \
    wasm_ref_t* as_ref = wasm_##name##_as_ref(ref);                                         \
    EXPECT(as_ref == wasm_##name##_as_ref_const(ref));                                      \
    EXPECT(wasm_ref_as_##name(as_ref) == ref && wasm_ref_as_##name##_const(as_ref) == ref); \
    bool is_foreign = wasm_ref_as_foreign(as_ref) != NULL;                                  \
    EXPECT((wasm_ref_as_##name(foreign) != NULL) == is_foreign);                            \
  }

static wasm_ref_t* foreign; /* a reference of another kind than most */

DEFINE_BASE_TEST(ref)
DEFINE_TEST(func)
DEFINE_TEST(global)
DEFINE_TEST(table)
DEFINE_TEST(memory)
DEFINE_TEST(extern)
DEFINE_TEST(instance)
DEFINE_TEST(module)
DEFINE_TEST(foreign)
DEFINE_TEST(trap)

static void test_externals(world_t* world) {
  test_func(world->mix, func_named(world, "add"));
  test_func(func_named(world, "add"), func_named(world, "mix"));
  test_global(world->counter, wasm_extern_as_global(extern_named(world, "constant")));
  test_table(wasm_extern_as_table(extern_named(world, "own")), world->functions);
  wasm_memory_t* second = wasm_extern_as_memory(extern_named(world, "second"));
  test_memory(second, world->memory);
  test_extern(extern_named(world, "tag"), wasm_memory_as_extern(second));
  wasm_memory_t* imported = wasm_extern_as_memory(extern_named(world, "memory"));
  EXPECT(wasm_memory_same(imported, world->memory));
}

static void test_extern_vec(const world_t* world) {
  wasm_extern_t* elements[] = {wasm_func_as_extern(wasm_func_copy(world->mix)), NULL};
  wasm_extern_vec_t vec, copy;
  wasm_extern_vec_new_empty(&vec);
  wasm_extern_vec_new(&vec, 2, elements);
  wasm_extern_vec_copy(&copy, &vec);
  EXPECT(wasm_extern_same(copy.data[0], elements[0]) && copy.data[1] == NULL);
  wasm_extern_vec_delete(&vec);
  wasm_extern_vec_delete(&copy);
  wasm_extern_vec_new_uninitialized(&vec, 1);
  wasm_extern_vec_delete(&vec);
}

int test_references(void) {
  world_t world;
  make_world(&world, do_nothing, NULL);
  wasm_foreign_t* one = wasm_foreign_new(world.store);
  wasm_foreign_t* two = wasm_foreign_new(world.store);
  foreign = wasm_foreign_as_ref(two);
  test_foreign(one, two);
  test_ref_base(wasm_foreign_as_ref(one), wasm_func_as_ref(world.mix));
  test_externals(&world);
  test_extern_vec(&world);

  wasm_instance_t* instance = instantiate(&world);
  test_instance(world.instance, instance);
  wasm_instance_delete(instance);
  wasm_module_t* module = wasm_module_new(world.store, &catching_module);
  test_module(world.module, module);
  wasm_module_delete(module);
  wasm_message_t message;
  wasm_name_new_from_string(&message, "no");
  wasm_trap_t* first = wasm_trap_new(world.store, &message);
  wasm_trap_t* second = wasm_trap_new(world.store, &message);
  test_trap(first, second);
  wasm_trap_delete(first);
  wasm_trap_delete(second);
  wasm_name_delete(&message);

  wasm_foreign_delete(one);
  wasm_foreign_delete(two);
  end_world(&world);
  return failures;
}
