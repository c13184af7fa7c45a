/* run_hostile MODULE COUNT [terminating]: eight threads run plugins of
 * lit/embed/Inputs/hostile.wat, COUNT in all, which trap, exhaust their stack, their memory and
 * their objects, throw, or do not end. After each of them, the thread and a plugin that it keeps
 * must be as they were. It prints what is not as expected, and then fails. With `terminating` all
 * functions end by themselves: ThreadSanitizer keeps the signals that would end others until the
 * thread calls the system. */
#include <errno.h>
#include <fenv.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "loader/embed/wasm2obj_linker.h"
#include "loader/embed/wasm2obj_objects.h"
#include "test/embed/expect.h"

enum { THREADS = 8, PAGES = 8, COUNTERS = 0x1000 };

/* How a function of the plugin ends. */
typedef enum ending_t { TRAPS, THROWS, RETURNS, IS_INTERRUPTED, REACHES_LIMIT } ending_t;

/* A function of the plugin. */
typedef struct deed_t {
  const char* name;
  ending_t ending;
  const char* text; /* a part of the trap's message */
  int32_t result;
} deed_t;

static const deed_t deeds[] = {
    {"unreachable", TRAPS, "unreachable", 0},
    {"divide", TRAPS, "integer divide by zero", 0},
    {"load", TRAPS, "out of bounds memory access", 0},
    {"indirect", TRAPS, "uninitialized element", 0},
    {"recurse", TRAPS, "call stack exhausted", 0},
    {"objects", TRAPS, "allocation failure", 0},
    {"nest", TRAPS, "nested: integer divide by zero", 0},
    {"memory_full", RETURNS, NULL, PAGES},
    {"catch", RETURNS, NULL, 9},
    {"throw", THROWS, "uncaught exception", 0},
    {"loop", IS_INTERRUPTED, "interrupted", 0},
    {"allocate", IS_INTERRUPTED, "interrupted", 0},
    {"loop", REACHES_LIMIT, "interrupted", 0},
    {"allocate", REACHES_LIMIT, "interrupted", 0},
};
static unsigned deed_count = sizeof deeds / sizeof deeds[0]; /* of those that are done */

static wasm2obj_prepared_t* prepared; /* all threads make instances of it */
static wasm2obj_prepared_t* limited;  /* the same with a limit of time */
static atomic_int remaining;

/* A plugin that a thread keeps, and how often it has counted. */
typedef struct kept_t {
  wasm2obj_instance_t* instance;
  const wasm2obj_func_t* count;
  int32_t times;
} kept_t;

static _Thread_local kept_t kept;

/* The plugins that the watchdog ends, one of each thread. */
static struct {
  pthread_mutex_t mutex;
  wasm2obj_instance_t* instance;
} watched[THREADS];
static atomic_bool is_over;

static void* watch(void* unused) {
  (void)unused;
  while (!is_over) {
    usleep(500);
    for (int i = 0; i < THREADS; ++i) {
      pthread_mutex_lock(&watched[i].mutex);
      if (watched[i].instance != NULL) wasm2obj_instance_interrupt(watched[i].instance);
      pthread_mutex_unlock(&watched[i].mutex);
    }
  }
  return NULL;
}

static void set_watched(unsigned thread, wasm2obj_instance_t* instance) {
  pthread_mutex_lock(&watched[thread].mutex);
  watched[thread].instance = instance;
  pthread_mutex_unlock(&watched[thread].mutex);
}

/* Lets the kept plugin count. It has all that it has written before. */
static void count(void) {
  wasm2obj_slot_t slot;
  MUST(wasm2obj_func_call(kept.count, &slot));
  ++kept.times;
  EXPECT(slot.i32 == kept.times);
  size_t size = 0;
  const int32_t* memory = wasm2obj_instance_memory(kept.instance, &size);
  EXPECT(size == 65536);
  int32_t oldest = kept.times < COUNTERS ? 1 : kept.times - COUNTERS + 1;
  for (int32_t time = oldest; time <= kept.times; ++time) {
    if (memory[time & (COUNTERS - 1)] == time) continue;
    EXPECT(!"the kept plugin has what it has written");
    break;
  }
}

/* Functions that the plugins import. A guest has called them, and they call others. */
static int32_t nest(wasm2obj_caller_t* caller, int32_t argument) {
  EXPECT(argument == 5);
  count();
  wasm2obj_instance_t* other = NULL;
  MUST(wasm2obj_prepared_instantiate(prepared, &other));
  wasm2obj_value_t result;
  wasm2obj_error_t* error = wasm2obj_instance_call(other, "divide", NULL, 0, &result, 1);
  EXPECT(error != NULL);
  char text[100] = "nested: ";
  if (error != NULL) strncat(text, wasm2obj_error_text(error), sizeof text - 20);
  wasm2obj_error_delete(error);
  wasm2obj_instance_delete(other);
  wasm2obj_caller_trap(caller, text);
  return 0;
}

static void throw_exception(wasm2obj_caller_t* caller) {
  wasm2obj_instance_t* instance = wasm2obj_caller_instance(caller);
  wasm2obj_tag_t* tag = NULL;
  wasm2obj_ref_t* exception = NULL;
  wasm2obj_value_t value = {.type = WASM2OBJ_I32, .of.i32 = 9};
  MUST(wasm2obj_instance_find_tag(instance, "tag", &tag));
  MUST(wasm2obj_exception_new(tag, &value, 1, &exception));
  MUST(wasm2obj_instance_throw(instance, exception));
  wasm2obj_ref_delete(exception);
}

/* Expects what the deed does, and deletes the error. */
static void expect_outcome(const deed_t* deed, wasm2obj_error_t* error, int32_t result) {
  if (deed->ending == RETURNS) {
    EXPECT(error == NULL && result == deed->result);
    wasm2obj_error_delete(error);
  } else {
    bool is_exception = deed->ending == THROWS, is_trap = deed->ending == TRAPS;
    EXPECT_ERROR(error,
                 is_exception ? WASM2OBJ_ERROR_EXCEPTION
                 : is_trap    ? WASM2OBJ_ERROR_TRAP
                              : WASM2OBJ_ERROR_INTERRUPTED,
                 deed->text);
  }
}

/* The part of the thread's state that guests must not change. */
typedef struct host_t {
  int rounding;
  int flags;
  sigset_t blocked;
} host_t;

static host_t host_state(void) {
  host_t host = {fegetround(), fetestexcept(FE_ALL_EXCEPT), {{0}}};
  pthread_sigmask(SIG_SETMASK, NULL, &host.blocked);
  return host;
}

static void do_deed(unsigned thread, const deed_t* deed) {
  wasm2obj_instance_t* plugin = NULL;
  bool has_limit = deed->ending == REACHES_LIMIT;
  MUST(wasm2obj_prepared_instantiate(has_limit ? limited : prepared, &plugin));
  host_t before = host_state();
  if (deed->ending == IS_INTERRUPTED) set_watched(thread, plugin);
  wasm2obj_value_t result = {.type = WASM2OBJ_I32, .of.i32 = 0};
  wasm2obj_error_t* error = wasm2obj_instance_call(plugin, deed->name, NULL, 0, &result, 1);
  set_watched(thread, NULL);
  expect_outcome(deed, error, result.of.i32);
  host_t after = host_state();
  EXPECT(after.rounding == before.rounding && after.flags == before.flags);
  EXPECT(memcmp(&after.blocked, &before.blocked, sizeof after.blocked) == 0);
  wasm2obj_instance_delete(plugin);
}

static void* run_plugins(void* argument) {
  unsigned thread = *(unsigned*)argument, seed = thread;
  kept.times = 0;
  MUST(wasm2obj_prepared_instantiate(prepared, &kept.instance));
  MUST(wasm2obj_instance_func(kept.instance, "count", "()i", &kept.count));
  static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_TOWARDZERO};
  while (atomic_fetch_sub(&remaining, 1) > 0) {
    /* A typed call needs the usual modes; others need none. */
    fesetround(modes[rand_r(&seed) % 3]);
    const deed_t* deed = &deeds[rand_r(&seed) % deed_count];
    if (strcmp(deed->name, "nest") == 0) fesetround(FE_TONEAREST);
    do_deed(thread, deed);
    fesetround(FE_TONEAREST);
    count();
  }
  wasm2obj_instance_delete(kept.instance);
  return NULL;
}

static wasm2obj_prepared_t* prepare(const wasm2obj_module_t* module, uint64_t nanoseconds) {
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  wasm2obj_limits_t* limits = wasm2obj_limits_new();
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_MEMORY_BYTES, PAGES * 65536);
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_HEAP_BYTES, 4 << 20);
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_CALL_NANOSECONDS, nanoseconds);
  MUST(wasm2obj_linker_func(linker, "host", "nest", "(i)i", (wasm2obj_code_t)nest, NULL));
  MUST(wasm2obj_linker_func(linker, "host", "throw", "()", (wasm2obj_code_t)throw_exception, NULL));
  wasm2obj_prepared_t* made = NULL;
  MUST(wasm2obj_linker_prepare(linker, module, NULL, limits, &made));
  wasm2obj_limits_delete(limits);
  wasm2obj_linker_delete(linker);
  return made;
}

int main(int argc, char** argv) {
  if (argc != 3 && (argc != 4 || strcmp(argv[3], "terminating") != 0)) return 2;
  remaining = atoi(argv[2]);
  while (argc == 4 && deeds[deed_count - 1].ending >= IS_INTERRUPTED) --deed_count;
  wasm2obj_module_t* module = NULL;
  MUST(wasm2obj_module_open(argv[1], &module));
  wasm2obj_module_pool(module, THREADS);
  prepared = prepare(module, 0);
  limited = prepare(module, 2000000);
  wasm2obj_module_delete(module);
  for (int i = 0; i < THREADS; ++i) pthread_mutex_init(&watched[i].mutex, NULL);

  pthread_t watchdog, threads[THREADS];
  unsigned numbers[THREADS];
  pthread_create(&watchdog, NULL, watch, NULL);
  for (unsigned i = 0; i < THREADS; ++i) {
    numbers[i] = i;
    pthread_create(&threads[i], NULL, run_plugins, &numbers[i]);
  }
  for (unsigned i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
  is_over = true;
  pthread_join(watchdog, NULL);
  wasm2obj_prepared_delete(limited);
  wasm2obj_prepared_delete(prepared);
  printf("%d failures\n", failures);
  return failures != 0;
}
