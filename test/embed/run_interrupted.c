/* run_interrupted MODULE NESTED START INITIALIZE COUNT [waiting]: threads run guests of
 * lit/embed/Inputs/endless.wat and endless_nested.wat, COUNT in all, and end them at random times:
 * from another thread, by a signal handler, or by a time limit. START and INITIALIZE, of
 * endless_start.wat and endless_initialize.wat, are ended while they are instantiated. It prints
 * what is not as expected, and then fails. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "loader/embed/wasm2obj_linker.h"
#include "test/embed/expect.h"

#define THREADS 4

static wasm2obj_module_t* module;
static wasm2obj_module_t* nested;
static wasm2obj_wasi_t* wasi;
static atomic_int remaining;
static bool computes = true;

static const char* const computing[] = {"loop", "recurse",  "indirect", "store", "fill",
                                        "grow", "allocate", "list",     "throw", "objects"};
static const char* const waiting[] = {"calls", "sleep", "read", "wait", "waits"};
static const char* const traps[] = {"trap", "trap_deep", "fault", "exhaust"};
#define COUNT(names) (sizeof names / sizeof names[0])

/* What ends a guest: its instance or, while it starts, its store. */
typedef struct ending_t {
  wasm2obj_instance_t* instance;
  wasm2obj_store_t* store;
  pthread_t thread; /* that runs the guest */
  unsigned delay;   /* in microseconds */
} ending_t;

static void end(const ending_t* ending) {
  if (ending->instance != NULL) {
    wasm2obj_instance_interrupt(ending->instance);
  } else {
    wasm2obj_store_interrupt(ending->store);
  }
}

static void* end_later(void* argument) {
  const ending_t* ending = argument;
  usleep(ending->delay);
  end(ending);
  return NULL;
}

static _Thread_local const ending_t* current;

static void on_signal(int signal) {
  (void)signal;
  end(current);
}

static void* signal_later(void* argument) {
  const ending_t* ending = argument;
  usleep(ending->delay);
  pthread_kill(ending->thread, SIGUSR1);
  return NULL;
}

/* Starts a thread that ends the guest directly, or by a signal to this thread. */
static pthread_t start_ending(const ending_t* ending, bool by_signal) {
  pthread_t other;
  current = ending;
  pthread_create(&other, NULL, by_signal ? signal_later : end_later, (void*)ending);
  return other;
}

static void expect_interrupted(wasm2obj_instance_t* instance, const char* name) {
  EXPECT_ERROR(wasm2obj_instance_call(instance, name, NULL, 0, NULL, 0), WASM2OBJ_ERROR_INTERRUPTED,
               "interrupted");
}

/* Ends a call of the function in one of the three ways, after `delay` microseconds. */
static void end_call(wasm2obj_instance_t* instance, const char* name, unsigned way,
                     unsigned delay) {
  if (way == 0) {
    wasm2obj_instance_time_limit(instance, delay * 1000ull + 1);
    expect_interrupted(instance, name);
    return;
  }
  ending_t ending = {instance, NULL, pthread_self(), delay};
  pthread_t other = start_ending(&ending, way == 2);
  expect_interrupted(instance, name);
  pthread_join(other, NULL);
}

/* Ends calls that trap, and others between them. */
static void end_traps(wasm2obj_instance_t* instance, const char* name, bool by_signal,
                      unsigned delay) {
  ending_t ending = {instance, NULL, pthread_self(), delay};
  pthread_t other = start_ending(&ending, by_signal);
  wasm2obj_error_t* error;
  wasm2obj_value_t value;
  for (;;) {
    error = wasm2obj_instance_call(instance, "quick", NULL, 0, &value, 1);
    if (error == NULL) error = wasm2obj_instance_call(instance, name, NULL, 0, NULL, 0);
    if (error == NULL || wasm2obj_error_kind(error) != WASM2OBJ_ERROR_TRAP) break;
    wasm2obj_error_delete(error);
  }
  EXPECT_ERROR(error, WASM2OBJ_ERROR_INTERRUPTED, "interrupted");
  pthread_join(other, NULL);
}

/* The instance can be read and deleted, and the reference deleted, but not used. */
static void test_what_is_left(wasm2obj_instance_t* instance, wasm2obj_ref_t* node) {
  wasm2obj_value_t value;
  wasm2obj_ref_t* made = NULL;
  size_t size = 0;
  EXPECT_ERROR(wasm2obj_instance_call(instance, "quick", NULL, 0, &value, 1),
               WASM2OBJ_ERROR_INTERRUPTED, "interrupted");
  EXPECT_ERROR(wasm2obj_ref_get(node, 1, &value), WASM2OBJ_ERROR_USE, "has been interrupted");
  EXPECT(wasm2obj_instance_memory(instance, &size) != NULL && size >= 2 << 16);
  MUST(wasm2obj_instance_collect(instance));
  EXPECT_ERROR(wasm2obj_ref_new_string(instance, "text", 4, &made), WASM2OBJ_ERROR_USE, "");
}

static void run_guest(unsigned* seed) {
  wasm2obj_instance_t* instance;
  wasm2obj_value_t value;
  MUST(wasm2obj_instance_new(module, wasi, &instance));
  MUST(wasm2obj_instance_call(instance, "node", NULL, 0, &value, 1));
  EXPECT_ERROR(wasm2obj_instance_call(instance, "trap", NULL, 0, NULL, 0), WASM2OBJ_ERROR_TRAP,
               "unreachable");
  unsigned state =
      rand_r(seed) % (COUNT(waiting) + COUNT(traps) + (computes ? COUNT(computing) : 0));
  unsigned delay = rand_r(seed) % 3000;
  unsigned way = rand_r(seed) % 3;
  if (state < COUNT(waiting)) {
    end_call(instance, waiting[state], way, delay);
  } else if (state < COUNT(waiting) + COUNT(traps)) {
    end_traps(instance, traps[state - COUNT(waiting)], way == 2, delay);
  } else {
    end_call(instance, computing[state - COUNT(waiting) - COUNT(traps)], way, delay);
  }
  test_what_is_left(instance, value.of.ref);
  if (rand_r(seed) % 2 == 0) {
    wasm2obj_ref_delete(value.of.ref);
    wasm2obj_instance_delete(instance);
  } else {
    wasm2obj_instance_delete(instance);
    wasm2obj_ref_delete(value.of.ref);
  }
}

/* A function of the program, which calls the guest that has called it. */
static void again(wasm2obj_caller_t* caller) {
  wasm2obj_instance_t* instance = wasm2obj_caller_instance(caller);
  wasm2obj_error_t* error = wasm2obj_instance_call(instance, "work", NULL, 0, NULL, 0);
  if (error != NULL) EXPECT_ERROR(error, WASM2OBJ_ERROR_INTERRUPTED, "interrupted");
}

/* Ends a guest in itself, in the program that it calls, or in a call of that. */
static void run_nested(unsigned* seed) {
  wasm2obj_instance_t* instance;
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  MUST(wasm2obj_linker_func(linker, "host", "again", "()", (wasm2obj_code_t)again, NULL));
  MUST(wasm2obj_linker_instantiate(linker, nested, NULL, NULL, &instance));
  unsigned way = rand_r(seed) % 3;
  end_call(instance, "nested", way, rand_r(seed) % 3000);
  wasm2obj_instance_delete(instance);
  wasm2obj_linker_delete(linker);
}

/* Ends instances while they are made, and deletes those that are there. */
static void run_starting(unsigned* seed) {
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  wasm2obj_store_t* store = wasm2obj_store_new(NULL);
  MUST(wasm2obj_linker_store(linker, store));
  bool by_signal = rand_r(seed) % 2 == 0;
  ending_t ending = {NULL, store, pthread_self(), rand_r(seed) % 3000};
  pthread_t other = start_ending(&ending, by_signal);
  wasm2obj_error_t* error;
  do {
    wasm2obj_instance_t* instance = NULL;
    error = wasm2obj_linker_instantiate(linker, module, wasi, NULL, &instance);
    EXPECT((error == NULL) == (instance != NULL));
    wasm2obj_instance_delete(instance);
  } while (error == NULL);
  EXPECT_ERROR(error, WASM2OBJ_ERROR_INTERRUPTED, "interrupted");
  pthread_join(other, NULL);
  wasm2obj_linker_delete(linker);
  wasm2obj_store_delete(store);
}

static void* run_guests(void* argument) {
  unsigned* seed = argument;
  while (atomic_fetch_sub(&remaining, 1) > 0) {
    unsigned kind = rand_r(seed) % 16;
    if (kind == 0) {
      run_nested(seed);
    } else if (kind == 1) {
      run_starting(seed);
    } else {
      run_guest(seed);
    }
  }
  return NULL;
}

static void* interrupt_store_later(void* store) {
  usleep(3000);
  wasm2obj_store_interrupt(store);
  return NULL;
}

#define EXPECT_INTERRUPTED(error) EXPECT_ERROR(error, WASM2OBJ_ERROR_INTERRUPTED, "interrupted")

/* A time limit ends the instantiation of the module, however it is instantiated. */
static void test_limited_instantiation(wasm2obj_module_t* endless) {
  wasm2obj_instance_t* instance = NULL;
  wasm2obj_prepared_t* prepared = NULL;
  wasm2obj_limits_t* limits = wasm2obj_limits_new();
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_CALL_NANOSECONDS, 3000000);
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  EXPECT_INTERRUPTED(wasm2obj_instance_new_limited(endless, wasi, limits, &instance));
  EXPECT_INTERRUPTED(wasm2obj_linker_instantiate(linker, endless, wasi, limits, &instance));
  MUST(wasm2obj_linker_prepare(linker, endless, NULL, limits, &prepared));
  for (int i = 0; i < 2; ++i)
    EXPECT_INTERRUPTED(wasm2obj_prepared_instantiate(prepared, &instance));
  wasm2obj_store_t* store = wasm2obj_store_new(limits);
  MUST(wasm2obj_linker_store(linker, store));
  EXPECT_INTERRUPTED(wasm2obj_linker_instantiate(linker, endless, NULL, NULL, &instance));
  wasm2obj_store_delete(store);
  wasm2obj_prepared_delete(prepared);
  wasm2obj_linker_delete(linker);
  wasm2obj_limits_delete(limits);
}

/* Another thread ends it, by the store. Later instances of the store fail. */
static void test_interrupted_instantiation(wasm2obj_module_t* endless) {
  wasm2obj_instance_t* instance = NULL;
  wasm2obj_store_t* store = wasm2obj_store_new(NULL);
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  MUST(wasm2obj_linker_store(linker, store));
  pthread_t other;
  pthread_create(&other, NULL, interrupt_store_later, store);
  EXPECT_INTERRUPTED(wasm2obj_linker_instantiate(linker, endless, NULL, NULL, &instance));
  pthread_join(other, NULL);
  EXPECT_INTERRUPTED(wasm2obj_linker_instantiate(linker, module, wasi, NULL, &instance));
  EXPECT(instance == NULL);
  wasm2obj_linker_delete(linker);
  wasm2obj_store_delete(store);
}

/* The limit is that of calls as well, until another one replaces it. */
static void test_limited_calls(void) {
  wasm2obj_instance_t* instance = NULL;
  wasm2obj_value_t value;
  wasm2obj_limits_t* limits = wasm2obj_limits_new();
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_CALL_NANOSECONDS, 1);
  MUST(wasm2obj_instance_new_limited(module, wasi, limits, &instance));
  wasm2obj_instance_time_limit(instance, 0);
  MUST(wasm2obj_instance_call(instance, "quick", NULL, 0, &value, 1));
  wasm2obj_instance_delete(instance);
  MUST(wasm2obj_instance_new_limited(module, wasi, limits, &instance));
  expect_interrupted(instance, "loop");
  wasm2obj_instance_delete(instance);
  wasm2obj_limits_delete(limits);
}

static atomic_int urgent_signals;

static void on_urgent_signal(int signal) {
  (void)signal;
  urgent_signals++;
}

int main(int argc, char** argv) {
  if (argc < 6 || argc > 7) return 2;
  computes = argc == 6;
  remaining = atoi(argv[5]);
  /* The library passes on signals that are not its own. */
  signal(SIGURG, on_urgent_signal);
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_ONSTACK};
  sigaction(SIGUSR1, &action, NULL);
  int ends[2];
  if (pipe(ends) != 0) return 1;
  wasi = wasm2obj_wasi_new();
  wasm2obj_wasi_stream_fd(wasi, WASM2OBJ_STDIN, ends[0]);
  MUST(wasm2obj_module_open(argv[1], &module));
  MUST(wasm2obj_module_open(argv[2], &nested));
  wasm2obj_module_pool(module, 2);

  pthread_t threads[THREADS];
  unsigned seeds[THREADS];
  for (unsigned i = 0; i < THREADS; ++i) {
    seeds[i] = i + 1;
    pthread_create(&threads[i], NULL, run_guests, &seeds[i]);
  }
  for (unsigned i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);

  for (int i = 3; i < 5 && computes; ++i) {
    wasm2obj_module_t* endless = NULL;
    MUST(wasm2obj_module_open(argv[i], &endless));
    test_limited_instantiation(endless);
    test_interrupted_instantiation(endless);
    wasm2obj_module_delete(endless);
  }
  if (computes) test_limited_calls();

  EXPECT(urgent_signals == 0);
  raise(SIGURG);
  EXPECT(urgent_signals == 1);
  wasm2obj_module_delete(nested);
  wasm2obj_module_delete(module);
  wasm2obj_wasi_delete(wasi);
  printf("%d failures\n", failures);
  return failures != 0;
}
