/* run_pooled MODULE: a C program in which two threads make and delete instances of a module of
 * lit/embed/pool.test, whose memories are pooled. It prints what is not as expected, and then
 * fails. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "test/embed/expect.h"

static wasm2obj_module_t* module;

static int32_t call(wasm2obj_instance_t* instance, const char* name) {
  wasm2obj_value_t result = {.type = WASM2OBJ_I32, .of.i32 = -1};
  MUST(wasm2obj_instance_call(instance, name, NULL, 0, &result, 1));
  return result.of.i32;
}

/* Uses an instance as `round` tells. Each instance must be as the first, whatever others did. */
static void use_instance(wasm2obj_wasi_t* wasi, int round) {
  static const char* const kUses[] = {"little", "much", "grow", "little"};
  wasm2obj_instance_t* instance;
  size_t size;
  MUST(wasm2obj_instance_new(module, wasi, &instance));
  EXPECT(call(instance, "is_new") == 1);
  EXPECT(call(instance, kUses[round % 4]) == 1);
  char* memory = wasm2obj_instance_memory(instance, &size);
  memset(memory + size - 100, round, 100);
  wasm2obj_instance_delete(instance);
}

static void* use_instances(void* unused) {
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  for (int i = 0; i < 400; ++i) use_instance(wasi, i);
  wasm2obj_wasi_delete(wasi);
  return unused;
}

static void use_in_two_threads(void) {
  pthread_t other;
  pthread_create(&other, NULL, use_instances, NULL);
  use_instances(NULL);
  pthread_join(other, NULL);
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  MUST(wasm2obj_module_open(argv[1], &module));
  use_in_two_threads();
  wasm2obj_module_pool(module, 3);
  use_in_two_threads();
  wasm2obj_module_pool(module, 0);
  use_in_two_threads();
  wasm2obj_module_pool(module, 1);
  use_instances(NULL);
  wasm2obj_module_delete(module);
  printf("%d failures\n", failures);
  return failures != 0;
}
