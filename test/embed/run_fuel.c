/* run_fuel COUNTING PLAIN: limits what instances of lit/embed/Inputs/fuel.wat execute, which was
 * compiled with and without --count-fuel. It prints what is not as expected, and then fails. */
#include "loader/embed/wasm2obj_fuel.h"
#include "loader/embed/wasm2obj_linker.h"
#include "test/embed/expect.h"

#define PLENTY 1000000u
#define START 504 /* what the start function consumes */

static wasm2obj_instance_t* current;
static uint64_t seen; /* what was left when the guest called the program */

/* Called by the guest: gives it more fuel. */
static void refill(wasm2obj_caller_t* caller) {
  (void)caller;
  seen = wasm2obj_instance_fuel(current);
  MUST(wasm2obj_instance_set_fuel(current, PLENTY));
}

static wasm2obj_module_t* open_module(const char* path) {
  wasm2obj_module_t* module = NULL;
  MUST(wasm2obj_module_open(path, &module));
  return module;
}

static void test_calls(wasm2obj_instance_t* instance) {
  EXPECT(wasm2obj_instance_fuel(instance) == WASM2OBJ_FUEL_UNLIMITED - START);
  wasm2obj_value_t argument = {.type = WASM2OBJ_I32, .of.i32 = 10};
  /* 1 for the call, and 5 for each iteration. */
  MUST(wasm2obj_instance_set_fuel(instance, PLENTY));
  MUST(wasm2obj_instance_call(instance, "count", &argument, 1, NULL, 0));
  EXPECT(wasm2obj_instance_fuel(instance) == PLENTY - 51);
  /* The rest suffices for a part of the calls only. */
  MUST(wasm2obj_instance_set_fuel(instance, 80));
  MUST(wasm2obj_instance_call(instance, "count", &argument, 1, NULL, 0));
  EXPECT_ERROR(wasm2obj_instance_call(instance, "count", &argument, 1, NULL, 0),
               WASM2OBJ_ERROR_OUT_OF_FUEL, "all fuel consumed");
  EXPECT(wasm2obj_instance_fuel(instance) == 0);
  /* The instance can be used further. */
  MUST(wasm2obj_instance_set_fuel(instance, UINT64_MAX));
  MUST(wasm2obj_instance_call(instance, "count", &argument, 1, NULL, 0));
  EXPECT(wasm2obj_instance_fuel(instance) == WASM2OBJ_FUEL_UNLIMITED - 51);
  /* After a trap that an instruction has raised, the count is exact. */
  MUST(wasm2obj_instance_set_fuel(instance, PLENTY));
  EXPECT_ERROR(wasm2obj_instance_call(instance, "divide", NULL, 0, NULL, 0), WASM2OBJ_ERROR_TRAP,
               "integer divide by zero");
  EXPECT(wasm2obj_instance_fuel(instance) == PLENTY - 4);
}

static void test_refilling(wasm2obj_instance_t* instance) {
  current = instance;
  wasm2obj_value_t argument = {.type = WASM2OBJ_I32, .of.i32 = 1000};
  MUST(wasm2obj_instance_set_fuel(instance, 20));
  MUST(wasm2obj_instance_call(instance, "refill_and_count", &argument, 1, NULL, 0));
  EXPECT(seen == 20 - 2);
  EXPECT(wasm2obj_instance_fuel(instance) == PLENTY - 2 - 5001);
}

static wasm2obj_linker_t* new_linker(void) {
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  MUST(wasm2obj_linker_func(linker, "host", "refill", "()", (wasm2obj_code_t)refill, NULL));
  return linker;
}

/* A limit of the store holds for the start function. */
static void test_start(const wasm2obj_module_t* module) {
  wasm2obj_store_t* store = wasm2obj_store_new(NULL);
  wasm2obj_linker_t* linker = new_linker();
  MUST(wasm2obj_linker_store(linker, store));
  wasm2obj_instance_t* instance = NULL;
  wasm2obj_store_set_fuel(store, 250);
  EXPECT_ERROR(wasm2obj_linker_instantiate(linker, module, NULL, NULL, &instance),
               WASM2OBJ_ERROR_OUT_OF_FUEL, "all fuel consumed");
  EXPECT(wasm2obj_store_fuel(store) == 0);
  wasm2obj_store_set_fuel(store, PLENTY);
  MUST(wasm2obj_linker_instantiate(linker, module, NULL, NULL, &instance));
  EXPECT(wasm2obj_store_fuel(store) == PLENTY - START);
  EXPECT(wasm2obj_instance_fuel(instance) == PLENTY - START);
  wasm2obj_instance_delete(instance);
  wasm2obj_linker_delete(linker);
  wasm2obj_store_delete(store);
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  wasm2obj_module_t* module = open_module(argv[1]);
  wasm2obj_linker_t* linker = new_linker();
  wasm2obj_instance_t* instance = NULL;
  MUST(wasm2obj_linker_instantiate(linker, module, NULL, NULL, &instance));
  test_calls(instance);
  test_refilling(instance);
  wasm2obj_instance_delete(instance);

  test_start(module);

  wasm2obj_module_t* plain = open_module(argv[2]);
  MUST(wasm2obj_linker_instantiate(linker, plain, NULL, NULL, &instance));
  EXPECT_ERROR(wasm2obj_instance_set_fuel(instance, 1), WASM2OBJ_ERROR_USE, "--count-fuel");
  wasm2obj_instance_delete(instance);

  wasm2obj_linker_delete(linker);
  wasm2obj_module_delete(plain);
  wasm2obj_module_delete(module);
  printf("%d failures\n", failures);
  return failures != 0;
}
