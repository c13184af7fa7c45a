/* Traps, their frames, and exceptions. */
#include "test/embed/standard/check.h"

/* Expects the frames of a trap to be of these functions of an instance, and deletes it. */
static void expect_frames(const wasm_instance_t* instance, wasm_trap_t* trap, size_t count,
                          const uint32_t functions[], int line) {
  wasm_frame_vec_t trace, copy;
  wasm_trap_trace(trap, &trace);
  wasm_frame_vec_copy(&copy, &trace);
  expect(trace.size == count, "the number of frames is as expected", line);
  for (size_t i = 0; i < trace.size && i < count; ++i) {
    const wasm_frame_t* frame = copy.data[i];
    expect(wasm_frame_func_index(frame) == functions[i], "the function is as expected", line);
    expect(wasm_instance_same(wasm_frame_instance(frame), instance), "the instance is", line);
    size_t offset = wasm_frame_func_offset(frame);
    expect(offset > 0 && offset < wasm_frame_module_offset(frame), "the offset is inside", line);
    EXPECT(wasm_frame_module_offset(frame) == wasm_frame_module_offset(trace.data[i]));
  }
  wasm_frame_t* origin = wasm_trap_origin(trap);
  EXPECT((origin != NULL) == (count != 0));
  wasm_frame_t* same = wasm_frame_copy(origin);
  EXPECT(wasm_frame_func_index(same) == wasm_frame_func_index(count == 0 ? NULL : trace.data[0]));
  wasm_frame_delete(same);
  wasm_frame_delete(origin);
  wasm_frame_vec_delete(&trace);
  wasm_frame_vec_delete(&copy);
  wasm_trap_delete(trap);
}
#define EXPECT_FRAMES(instance, trap, count, functions) \
  expect_frames(instance, trap, count, functions, __LINE__)

/* The indices of functions of standard.wat. */
enum { kCallNothing = 6, kOuter = 7, kUnreachable = 8 };

static wasm_trap_t* fail(void* env, const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  (void)args, (void)results;
  return wasm_trap_copy(*(wasm_trap_t**)env);
}

/* A trap that the program's function returns is the same object when the call returns. */
static void test_own_trap(void) {
  wasm_trap_t* own = NULL;
  world_t world;
  make_world(&world, fail, &own);
  wasm_message_t message = {2, "no"};
  own = wasm_trap_new(world.store, &message);
  int ended = 0;
  wasm_trap_set_host_info_with_finalizer(own, &ended, count_up);
  wasm_trap_t* got = call_named(&world, "outer", 0, 0, 0, 0, NULL);
  EXPECT(wasm_trap_same(own, got) && wasm_trap_get_host_info(got) == &ended);
  const uint32_t expected[] = {kCallNothing, kOuter};
  EXPECT_FRAMES(world.instance, got, 2, expected);
  EXPECT(ended == 0);
  EXPECT_TRAP(own, "no");
  EXPECT(ended == 1);
  /* Without a guest there are no frames. */
  own = wasm_trap_new(world.store, &message);
  wasm_val_vec_t none = WASM_EMPTY_VEC;
  got = wasm_func_call(world.nothing, &none, &none);
  EXPECT(wasm_trap_same(own, got));
  EXPECT_FRAMES(NULL, got, 0, NULL);
  wasm_trap_delete(own);
  end_world(&world);
}

static void test_frames(void) {
  world_t world;
  make_world(&world, do_nothing, NULL);
  wasm_instance_t* second = instantiate(&world);
  const uint32_t expected[] = {kUnreachable};
  EXPECT_FRAMES(world.instance, call_named(&world, "unreachable", 0, 0, 0, 0, NULL), 1, expected);
  /* Another instance of the same module has frames of its own. */
  wasm_func_t* func = func_named(&world, "unreachable");
  wasm_extern_vec_t exports;
  wasm_instance_exports(second, &exports);
  wasm_val_vec_t none = WASM_EMPTY_VEC;
  for (size_t i = 0; i < exports.size; ++i) {
    if (wasm_extern_same(world.exports.data[i], wasm_func_as_extern(func))) {
      func = wasm_extern_as_func(exports.data[i]);
      EXPECT_FRAMES(second, wasm_func_call(func, &none, NULL), 1, expected);
    }
  }
  wasm_extern_vec_delete(&exports);
  wasm_instance_delete(second);
  wasm_frame_vec_t frames;
  wasm_frame_vec_new_empty(&frames);
  wasm_frame_vec_new(&frames, 0, NULL);
  wasm_frame_vec_new_uninitialized(&frames, 1);
  wasm_frame_vec_delete(&frames);
  end_world(&world);
}

static wasm_trap_t* throw_again(void* env, const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  return wasm_func_call(*(wasm_func_t**)env, args, results);
}

static wasm_instance_t* make_catching(const world_t* world, wasm_func_t* throwing) {
  wasm_module_t* module = wasm_module_new(world->store, &catching_module);
  wasm_extern_t* given[] = {extern_named(world, "tag"), wasm_func_as_extern(throwing)};
  wasm_extern_vec_t imports = WASM_ARRAY_VEC(given);
  wasm_instance_t* instance = wasm_instance_new(world->store, module, &imports, NULL);
  EXPECT(instance != NULL);
  wasm_module_delete(module);
  return instance;
}

/* Calls the function `catch` of an instance of catching.wat, and expects it to catch. */
static void expect_catch(const world_t* world, const wasm_instance_t* instance) {
  wasm_extern_t* catch = export_of(instance, 1);
  wasm_foreign_t* foreign = wasm_foreign_new(world->store);
  wasm_val_t args[] = {WASM_I32_VAL(7), WASM_REF_VAL(wasm_foreign_as_ref(foreign))}, got[2];
  wasm_val_vec_t arg_vec = WASM_ARRAY_VEC(args), results = WASM_ARRAY_VEC(got);
  EXPECT(wasm_func_call(wasm_extern_as_func(catch), &arg_vec, &results) == NULL);
  EXPECT(got[0].of.i32 == 7 && wasm_ref_same(got[1].of.ref, args[1].of.ref));
  wasm_val_delete(&got[1]);
  wasm_foreign_delete(foreign);
  wasm_extern_delete(catch);
}

/* Exceptions pass from a guest to another one, also through a function of the program. */
static void test_exceptions(void) {
  world_t world;
  make_world(&world, do_nothing, NULL);
  wasm_func_t* throwing = func_named(&world, "throw");
  wasm_val_t args[] = {WASM_I32_VAL(3), WASM_INIT_VAL};
  wasm_val_vec_t arg_vec = WASM_ARRAY_VEC(args), none = WASM_EMPTY_VEC;
  EXPECT_TRAP(wasm_func_call(throwing, &arg_vec, &none), "uncaught exception: tag (i32 3");

  wasm_instance_t* direct = make_catching(&world, throwing);
  wasm_extern_t* tag = export_of(direct, 0);
  EXPECT(wasm_extern_same(tag, extern_named(&world, "tag")));
  wasm_extern_delete(tag);
  expect_catch(&world, direct);
  wasm_functype_t* type = wasm_func_type(throwing);
  wasm_func_t* between = wasm_func_new_with_env(world.store, type, throw_again, &throwing, NULL);
  wasm_functype_delete(type);
  wasm_instance_t* indirect = make_catching(&world, between);
  expect_catch(&world, indirect);
  wasm_extern_t* pass = export_of(indirect, 2);
  EXPECT_TRAP(wasm_func_call(wasm_extern_as_func(pass), &arg_vec, &none), "uncaught exception");
  EXPECT_TRAP(wasm_func_call(between, &arg_vec, &none), "uncaught exception");
  wasm_extern_delete(pass);
  wasm_func_delete(between);
  wasm_instance_delete(direct);
  wasm_instance_delete(indirect);
  end_world(&world);
}

int test_traps(void) {
  test_own_trap();
  test_frames();
  test_exceptions();
  return failures;
}
