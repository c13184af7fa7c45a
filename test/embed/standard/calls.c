/* Calls in both directions. */
#include "test/embed/standard/check.h"

static void test_types_of(const world_t* world) {
  const wasm_func_t* mix = func_named(world, "mix");
  EXPECT(wasm_func_param_arity(mix) == 6 && wasm_func_result_arity(mix) == 6);
  EXPECT(wasm_func_param_arity(world->nothing) == 0);
  wasm_functype_t* type = wasm_func_type(mix);
  EXPECT(wasm_valtype_kind(wasm_functype_results(type)->data[4]) == WASM_EXTERNREF);
  wasm_functype_delete(type);
}

/* Passes values of all kinds through a function, and expects that they come back. */
static void pass(const world_t* world, const wasm_func_t* func, wasm_ref_t* object) {
  wasm_ref_t* function = wasm_func_as_ref(world->nothing);
  wasm_val_t args[] = {WASM_I32_VAL(-7),     WASM_I64_VAL(INT64_MIN), WASM_F32_VAL(0.5f),
                       WASM_F64_VAL(-1e300), WASM_REF_VAL(object),    WASM_REF_VAL(function)};
  wasm_val_t got[6] = {WASM_INIT_VAL};
  wasm_val_vec_t arg_vec = WASM_ARRAY_VEC(args), results = WASM_ARRAY_VEC(got);
  wasm_trap_t* trap = wasm_func_call(func, &arg_vec, &results);
  EXPECT(trap == NULL);
  if (trap != NULL) EXPECT_TRAP(trap, "no trap at all");
  EXPECT(got[0].kind == WASM_I32 && got[0].of.i32 == -7);
  EXPECT(got[1].kind == WASM_I64 && got[1].of.i64 == INT64_MIN);
  EXPECT(got[2].kind == WASM_F32 && got[2].of.f32 == 0.5f);
  EXPECT(got[3].kind == WASM_F64 && got[3].of.f64 == -1e300);
  EXPECT(got[4].kind == WASM_EXTERNREF && wasm_ref_same(got[4].of.ref, object));
  EXPECT(got[5].kind == WASM_FUNCREF && wasm_ref_same(got[5].of.ref, function));
  for (size_t i = 0; i < 6; ++i) wasm_val_delete(&got[i]);
}

/* References to all kinds of objects can be externrefs. */
static void test_values(const world_t* world) {
  wasm_foreign_t* foreign = wasm_foreign_new(world->store);
  wasm_ref_t* objects[] = {wasm_foreign_as_ref(foreign),          wasm_func_as_ref(world->mix),
                           wasm_memory_as_ref(world->memory),     wasm_module_as_ref(world->module),
                           wasm_instance_as_ref(world->instance), NULL};
  for (size_t i = 0; i < sizeof objects / sizeof *objects; ++i) {
    pass(world, func_named(world, "mix"), objects[i]);
    pass(world, world->mix, objects[i]); /* without a guest */
  }
  wasm_foreign_delete(foreign);
}

/* Objects of guests can be held, and passed on. */
static void test_guest_objects(const world_t* world) {
  wasm_val_t one = WASM_INIT_VAL, same = WASM_INIT_VAL;
  EXPECT(call_named(world, "i31", 1, 5, 0, 0, &one) == NULL);
  EXPECT(one.kind == WASM_EXTERNREF && one.of.ref != NULL);
  wasm_val_vec_t args = {1, &one}, results = {1, &same};
  EXPECT(wasm_func_call(func_named(world, "same-any"), &args, &results) == NULL);
  EXPECT(wasm_ref_same(one.of.ref, same.of.ref));
  EXPECT(wasm_ref_as_foreign(one.of.ref) == NULL && wasm_ref_as_func(one.of.ref) == NULL);
  int ended = 0;
  wasm_ref_set_host_info_with_finalizer(one.of.ref, &ended, count_up);
  EXPECT(wasm_ref_get_host_info(same.of.ref) == &ended);
  wasm_ref_set_host_info(same.of.ref, NULL);
  EXPECT(ended == 1);
  wasm_val_delete(&one);
  wasm_val_delete(&same);
}

/* Adds up more arguments than there are registers for, and returns more results. */
static wasm_trap_t* sums(const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  double total = 0;
  for (size_t i = 0; i < args->size; ++i) {
    total += args->data[i].kind == WASM_I32 ? args->data[i].of.i32 : args->data[i].of.f64;
  }
  for (size_t i = 0; i < results->size; ++i) results->data[i].of.f64 = total + (double)i;
  return NULL;
}

static void test_many(const world_t* world) {
  enum { kMany = 40 };
  wasm_valtype_vec_t params, results;
  wasm_valtype_vec_new_uninitialized(&params, kMany);
  wasm_valtype_vec_new_uninitialized(&results, kMany);
  for (size_t i = 0; i < kMany; ++i) {
    params.data[i] = wasm_valtype_new(i % 2 ? WASM_I32 : WASM_F64);
    results.data[i] = wasm_valtype_new_f64();
  }
  wasm_functype_t* type = wasm_functype_new(&params, &results);
  wasm_func_t* func = wasm_func_new(world->store, type, sums);
  wasm_val_t args[kMany], got[kMany];
  for (size_t i = 0; i < kMany; ++i) {
    wasm_val_t integer = WASM_I32_VAL((int32_t)i), real = WASM_F64_VAL((double)i);
    args[i] = i % 2 ? integer : real;
  }
  wasm_val_vec_t arg_vec = WASM_ARRAY_VEC(args), result_vec = WASM_ARRAY_VEC(got);
  EXPECT(wasm_func_call(func, &arg_vec, &result_vec) == NULL);
  EXPECT(got[0].of.f64 == 780 && got[kMany - 1].of.f64 == 780 + kMany - 1);
  wasm_func_delete(func);
  wasm_functype_delete(type);
}

/* Calls a guest, from which it is called itself, and so on. */
static wasm_trap_t* descend(void* env, const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  (void)args, (void)results;
  world_t* world = env;
  wasm_val_t depth;
  wasm_global_get(world->counter, &depth);
  if (--depth.of.i64 < 0) return NULL;
  wasm_global_set(world->counter, &depth);
  return call_named(world, "call-nothing", 0, 0, 0, 0, NULL);
}

static void test_nested(void) {
  world_t world;
  make_world(&world, descend, &world);
  wasm_val_t depth = WASM_I64_VAL(10);
  wasm_global_set(world.counter, &depth);
  EXPECT(call_named(&world, "outer", 0, 0, 0, 0, NULL) == NULL);
  depth.of.i64 = 1 << 20; /* more than there is stack for */
  wasm_global_set(world.counter, &depth);
  EXPECT_TRAP(call_named(&world, "outer", 0, 0, 0, 0, NULL), "call stack exhausted");
  end_world(&world);
}

int test_calls(void) {
  world_t world;
  make_world(&world, do_nothing, NULL);
  test_types_of(&world);
  test_values(&world);
  test_guest_objects(&world);
  test_many(&world);
  end_world(&world);
  test_nested();
  return failures;
}
