/* Eight threads run instances of one shared module at the same time, each in a store of its own:
 * calls in both directions, traps of all origins, exceptions, objects and collections. The argument
 * is the file of shared.wat, compiled or not. Prints the number of failures. */
#include <pthread.h>

#include "loader/standard/wasm.h"
#include "test/embed/expect.h"

enum { kThreads = 8, kRounds = 20, kAllExports = 7 };

static wasm_engine_t* engine;
static wasm_shared_module_t* shared;
static pthread_barrier_t start;

/* The exports of shared.wat. */
enum { kSum, kDivide, kRead, kRecurse, kThrow, kCatch, kObjects };

/* Returns one more than its argument; traps if that is negative. */
static wasm_trap_t* next(void* env, const wasm_val_vec_t* args, wasm_val_vec_t* results) {
  int32_t value = args->data[0].of.i32;
  if (value < 0) {
    wasm_message_t message = {8, "negative"};
    return wasm_trap_new(env, &message);
  }
  results->data[0].of.i32 = value + 1;
  return NULL;
}

static wasm_instance_t* instantiate(wasm_store_t* store, const wasm_module_t* module) {
  wasm_functype_t* type = wasm_functype_new_1_1(wasm_valtype_new_i32(), wasm_valtype_new_i32());
  wasm_func_t* func = wasm_func_new_with_env(store, type, next, store, NULL);
  wasm_functype_delete(type);
  wasm_extern_t* given[] = {wasm_func_as_extern(func)};
  wasm_extern_vec_t imports = WASM_ARRAY_VEC(given);
  wasm_trap_t* trap = NULL;
  wasm_instance_t* instance = wasm_instance_new(store, module, &imports, &trap);
  EXPECT(instance != NULL && trap == NULL);
  wasm_func_delete(func);
  return instance;
}

/* Calls an export that has a parameter and a result, and expects a result or a trap. */
static void expect_result(const wasm_extern_vec_t* exports, size_t index, int32_t argument,
                          int32_t result) {
  wasm_val_t args[] = {WASM_I32_VAL(argument)}, got[] = {WASM_INIT_VAL};
  wasm_val_vec_t arg_vec = WASM_ARRAY_VEC(args), results = WASM_ARRAY_VEC(got);
  wasm_trap_t* trap = wasm_func_call(wasm_extern_as_func(exports->data[index]), &arg_vec, &results);
  EXPECT(trap == NULL && got[0].of.i32 == result);
  wasm_trap_delete(trap);
}
static void expect_trap(const wasm_extern_vec_t* exports, size_t index, int32_t argument,
                        const char* part) {
  wasm_val_t args[] = {WASM_I32_VAL(argument)}, got[] = {WASM_INIT_VAL};
  wasm_val_vec_t arg_vec = WASM_ARRAY_VEC(args), results = WASM_ARRAY_VEC(got);
  wasm_trap_t* trap = wasm_func_call(wasm_extern_as_func(exports->data[index]), &arg_vec, &results);
  wasm_message_t message;
  wasm_trap_message(trap, &message);
  EXPECT(trap != NULL && strstr(message.data, part) != NULL);
  wasm_byte_vec_delete(&message);
  wasm_frame_t* origin = wasm_trap_origin(trap);
  EXPECT(origin != NULL && wasm_frame_instance(origin) != NULL);
  wasm_frame_delete(origin);
  wasm_trap_delete(trap);
}

static void use(const wasm_extern_vec_t* exports, int32_t number) {
  EXPECT(exports->size == kAllExports);
  expect_result(exports, kSum, 100, 5050);
  expect_trap(exports, kSum, -1, "negative");
  expect_result(exports, kDivide, 5, 20);
  expect_trap(exports, kDivide, 0, "divide by zero");
  expect_result(exports, kRead, 16, 0);
  expect_trap(exports, kRead, 1 << 20, "out of bounds memory");
  expect_result(exports, kRecurse, 100, 100);
  expect_trap(exports, kRecurse, 1 << 30, "call stack exhausted");
  expect_trap(exports, kThrow, number, "uncaught exception: tag");
  expect_result(exports, kCatch, number, number);
  expect_result(exports, kObjects, 10000, 10000); /* the heap is collected meanwhile */
}

static void* run(void* number) {
  wasm_store_t* store = wasm_store_new(engine);
  pthread_barrier_wait(&start);
  for (int round = 0; round < kRounds; ++round) {
    wasm_module_t* module = wasm_module_obtain(store, shared);
    wasm_instance_t* instance = instantiate(store, module);
    wasm_extern_vec_t exports;
    wasm_instance_exports(instance, &exports);
    use(&exports, *(const int32_t*)number);
    wasm_extern_vec_delete(&exports);
    wasm_instance_delete(instance);
    /* What a thread shares again is the same module. */
    wasm_shared_module_t* again = wasm_module_share(module);
    wasm_module_t* same = wasm_module_obtain(store, again);
    EXPECT(same != NULL);
    wasm_module_delete(same);
    wasm_shared_module_delete(again);
    wasm_module_delete(module);
  }
  wasm_store_delete(store);
  return NULL;
}

/* Makes the module in a store that ends before the threads begin. */
static void share(const char* path) {
  FILE* file = fopen(path, "rb");
  if (file == NULL) exit(1);
  wasm_byte_vec_t bytes;
  fseek(file, 0, SEEK_END);
  wasm_byte_vec_new_uninitialized(&bytes, (size_t)ftell(file));
  rewind(file);
  if (fread(bytes.data, 1, bytes.size, file) != bytes.size) exit(1);
  fclose(file);
  wasm_store_t* store = wasm_store_new(engine);
  wasm_module_t* module = wasm_module_new(store, &bytes);
  wasm_byte_vec_delete(&bytes);
  if (module == NULL) {
    printf("no module: %s\n", wasm2obj_last_error());
    exit(1);
  }
  shared = wasm_module_share(module);
  wasm_module_delete(module);
  wasm_store_delete(store);
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  engine = wasm_engine_new();
  share(argv[1]);
  pthread_t threads[kThreads];
  int32_t numbers[kThreads];
  pthread_barrier_init(&start, NULL, kThreads);
  for (int32_t i = 0; i < kThreads; ++i) {
    numbers[i] = i;
    if (pthread_create(&threads[i], NULL, run, &numbers[i]) != 0) return 2;
  }
  for (int i = 0; i < kThreads; ++i) pthread_join(threads[i], NULL);
  pthread_barrier_destroy(&start);
  wasm_shared_module_delete(shared);
  wasm_engine_delete(engine);
  int count = failures;
  printf("%d failures\n", count);
  return count != 0;
}
