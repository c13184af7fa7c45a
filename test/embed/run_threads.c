/* Shares memories between guests in several threads.
 * Usage: run_threads COUNTER.so OWNER.so */
#include <pthread.h>

#include "loader/embed/threads/wasm2obj_threads.h"
#include "test/embed/expect.h"

enum { THREADS = 4, ROUNDS = 1000, LOCK = 0, COUNTER = 4, READY = 8 };

static wasm2obj_module_t* counter;
static wasm2obj_shared_memory_t* shared;

static wasm2obj_instance_t* new_counter(const wasm2obj_shared_memory_t* memory) {
  wasm2obj_instance_t* instance = NULL;
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  wasm2obj_linker_shared_memory(linker, "env", "memory", memory);
  MUST(wasm2obj_linker_instantiate(linker, counter, NULL, NULL, &instance));
  wasm2obj_linker_delete(linker);
  return instance;
}

static int32_t call(wasm2obj_instance_t* instance, const char* name, int32_t argument) {
  const wasm2obj_func_t* func;
  MUST(wasm2obj_instance_func(instance, name, "(i)i", &func));
  wasm2obj_slot_t slot = {.i32 = argument};
  MUST(wasm2obj_func_call(func, &slot));
  return slot.i32;
}

/* Counts under a lock in the guest. */
static void* count(void* unused) {
  (void)unused;
  wasm2obj_instance_t* instance = new_counter(shared);
  EXPECT(call(instance, "count", ROUNDS) == ROUNDS);
  wasm2obj_instance_delete(instance);
  return NULL;
}

/* Waits in the guest until the program notifies it. */
static void* wait(void* unused) {
  (void)unused;
  wasm2obj_instance_t* instance = new_counter(shared);
  EXPECT(call(instance, "wait", READY) == 0);
  wasm2obj_instance_delete(instance);
  return NULL;
}

static int32_t word_at(size_t at) {
  size_t size;
  char* data = wasm2obj_shared_memory_data(shared, &size);
  EXPECT(at + sizeof(int32_t) <= size);
  return __atomic_load_n((int32_t*)(void*)(data + at), __ATOMIC_SEQ_CST);
}

static void count_in_threads(void) {
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; ++i) pthread_create(&threads[i], NULL, count, NULL);
  for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
  EXPECT(word_at(COUNTER) == THREADS * ROUNDS);
  EXPECT(word_at(LOCK) == 0);
}

static void wake_a_guest(void) {
  pthread_t waiter;
  pthread_create(&waiter, NULL, wait, NULL);
  uint32_t woken = 0;
  while (woken == 0) MUST(wasm2obj_shared_memory_notify(shared, READY, 1, &woken));
  EXPECT(woken == 1);
  pthread_join(waiter, NULL);
}

static void wait_in_the_program(void) {
  wasm2obj_wait_t ended;
  MUST(wasm2obj_shared_memory_wait(shared, READY, 1, -1, &ended));
  EXPECT(ended == WASM2OBJ_WAIT_NOT_EQUAL);
  MUST(wasm2obj_shared_memory_wait(shared, READY, 0, 1000, &ended));
  EXPECT(ended == WASM2OBJ_WAIT_TIMED_OUT);
  EXPECT_ERROR(wasm2obj_shared_memory_wait(shared, 2, 0, 0, &ended), WASM2OBJ_ERROR_USE,
               "2 is not a multiple of 4");
  EXPECT_ERROR(wasm2obj_shared_memory_notify(shared, 3 * 65536, 1, NULL), WASM2OBJ_ERROR_USE,
               "196608 is out of the bounds of 196608 bytes");
  EXPECT_ERROR(wasm2obj_shared_memory_notify(shared, UINT64_MAX - 3, 1, NULL), WASM2OBJ_ERROR_USE,
               "out of the bounds");
}

static void grow(void) {
  wasm2obj_instance_t* instance = new_counter(shared);
  uint64_t old;
  MUST(wasm2obj_shared_memory_grow(shared, 1, &old));
  EXPECT(old == 1);
  EXPECT(call(instance, "grow", 1) == 2);
  EXPECT_ERROR(wasm2obj_shared_memory_grow(shared, 1, NULL), WASM2OBJ_ERROR_USE,
               "the memory cannot grow by 1 pages");
  wasm2obj_instance_delete(instance);
}

/* A memory that an instance has made, and that remains when the instance is gone. */
static void take_from_an_instance(const char* path) {
  wasm2obj_module_t* module = NULL;
  wasm2obj_instance_t* owner = NULL;
  wasm2obj_shared_memory_t* memory = NULL;
  MUST(wasm2obj_module_open(path, &module));
  MUST(wasm2obj_instance_new(module, NULL, &owner));
  EXPECT_ERROR(wasm2obj_shared_memory_new_export(owner, "plain", &memory), WASM2OBJ_ERROR_USE,
               "the instance exports no shared memory 'plain'");
  EXPECT_ERROR(wasm2obj_shared_memory_new_export(owner, "none", &memory), WASM2OBJ_ERROR_USE,
               "the instance exports no shared memory 'none'");
  MUST(wasm2obj_shared_memory_new_export(owner, "shared", &memory));
  wasm2obj_instance_t* user = new_counter(memory);
  wasm2obj_instance_delete(owner);
  wasm2obj_shared_memory_delete(memory);
  EXPECT(call(user, "count", 1) == 1);
  wasm2obj_instance_delete(user);
  wasm2obj_module_delete(module);
}

static void refuse(void) {
  wasm2obj_shared_memory_t* memory = NULL;
  EXPECT_ERROR(wasm2obj_shared_memory_new(2, 1, NULL, &memory), WASM2OBJ_ERROR_USE,
               "a shared memory cannot have 2 to 1 pages");
  EXPECT_ERROR(wasm2obj_shared_memory_new(1, 65537, NULL, &memory), WASM2OBJ_ERROR_USE,
               "a shared memory cannot have 1 to 65537 pages");
  wasm2obj_limits_t* limits = wasm2obj_limits_new();
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_MEMORY_BYTES, 2 * 65536);
  EXPECT_ERROR(wasm2obj_shared_memory_new(3, 3, limits, &memory), WASM2OBJ_ERROR_USE,
               "exceed the limit of 131072");
  MUST(wasm2obj_shared_memory_new(1, 3, limits, &memory));
  wasm2obj_limits_delete(limits);
  EXPECT_ERROR(wasm2obj_shared_memory_grow(memory, 2, NULL), WASM2OBJ_ERROR_USE, "cannot grow");
  wasm2obj_shared_memory_delete(memory);
  wasm2obj_shared_memory_delete(NULL);
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  MUST(wasm2obj_module_open(argv[1], &counter));
  MUST(wasm2obj_shared_memory_new(1, 3, NULL, &shared));
  count_in_threads();
  wake_a_guest();
  grow();
  wait_in_the_program();
  take_from_an_instance(argv[2]);
  refuse();
  wasm2obj_shared_memory_delete(shared);
  wasm2obj_module_delete(counter);
  printf("%d failures\n", failures);
  return failures != 0;
}
