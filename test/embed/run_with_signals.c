/* run_with_signals MODULE: a C program that receives signals while guests of
 * lit/embed/Inputs/deep.py use as much of their stack as they can. Its handlers do not ask for an
 * alternate stack unless noted. It prints what is not as expected, and then fails. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include "test/embed/expect.h"

static wasm2obj_module_t* module;
static _Atomic int alarms;

/* An ordinary handler, which uses some stack. */
static void count_alarm(int number) {
  volatile char buffer[16384];
  memset((char*)buffer, number, sizeof buffer);
  alarms += buffer[100] == number;
}

static wasm2obj_error_t* call(wasm2obj_instance_t* instance, const char* name) {
  wasm2obj_value_t result;
  return wasm2obj_instance_call(instance, name, NULL, 0, &result, 1);
}

static void allow(wasm2obj_instance_t* instance, int32_t steps) {
  wasm2obj_value_t argument = {.type = WASM2OBJ_I32, .of.i32 = steps};
  MUST(wasm2obj_instance_call(instance, "allow", &argument, 1, NULL, 0));
}

static int32_t depth(wasm2obj_instance_t* instance) {
  size_t size;
  int32_t steps;
  memcpy(&steps, wasm2obj_instance_memory(instance, &size), sizeof steps);
  return steps;
}

static void expect_exhausted(wasm2obj_error_t* error, int line) {
  expect(error != NULL && strstr(wasm2obj_error_text(error), "call stack exhausted") != NULL,
         "the stack is exhausted", line);
  wasm2obj_error_delete(error);
}

/* Returns the depth of calls at which the stack is exhausted. */
static int32_t deepest(wasm2obj_instance_t* instance, const char* name) {
  allow(instance, 0);
  expect_exhausted(call(instance, name), __LINE__);
  return depth(instance);
}

/* Loops at the lowest levels of the stack that it can reach, and repeatedly exceeds them. */
static void go_deep(wasm2obj_instance_t* instance, const char* name) {
  int32_t steps = deepest(instance, name);
  EXPECT(steps > 100);
  for (int32_t less = 0; less < 5; ++less) {
    int before = alarms;
    allow(instance, steps - less);
    MUST(call(instance, name));
    EXPECT(alarms > before);
  }
  for (int i = 0; i < 4; ++i) EXPECT(deepest(instance, name) == steps);
}

static const char* const kWays[] = {"direct", "indirect", "tail", "grow", "copies", "large"};

static wasm2obj_instance_t* make(void) {
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  wasm2obj_instance_t* instance;
  MUST(wasm2obj_instance_new(module, wasi, &instance));
  wasm2obj_wasi_delete(wasi);
  return instance;
}

static void* go_all_ways(void* unused) {
  wasm2obj_instance_t* instance = make();
  for (size_t i = 0; i < sizeof kWays / sizeof kWays[0]; ++i) go_deep(instance, kWays[i]);
  wasm2obj_instance_delete(instance);
  return unused;
}

static void handle_alarms(int flags) {
  struct sigaction action = {.sa_handler = count_alarm, .sa_flags = flags | SA_RESTART};
  sigaction(SIGALRM, &action, NULL);
}

static void run_threads(void) {
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) pthread_create(&threads[i], NULL, go_all_ways, NULL);
  for (int i = 0; i < 3; ++i) pthread_join(threads[i], NULL);
}

/* An alternate stack that the host sets for its thread after it has called guests. */
static void run_with_own_signal_stack(void) {
  size_t size = 64 << 10;
  stack_t own = {.ss_sp = malloc(size), .ss_size = size}, before, after;
  go_all_ways(NULL);
  sigaltstack(&own, &before);
  handle_alarms(SA_ONSTACK);
  go_all_ways(NULL);
  handle_alarms(0);
  go_all_ways(NULL);
  sigaltstack(&before, &after);
  EXPECT(after.ss_sp == own.ss_sp);
  free(own.ss_sp);
}

static struct sigaction ours;
static _Atomic int faults;

static void pass_on(int number, siginfo_t* info, void* context) {
  ++faults;
  ours.sa_sigaction(number, info, context);
}

/* A handler of faults that the host installs later and that forwards faults which are not its own;
 * also without an alternate stack. */
static void run_with_later_handler(int flags) {
  struct sigaction later = {.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | flags};
  faults = 0;
  sigaction(SIGSEGV, &later, &ours);
  go_all_ways(NULL);
  EXPECT(faults >= 30);
  sigaction(SIGSEGV, &ours, NULL);
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  MUST(wasm2obj_module_open(argv[1], &module));
  handle_alarms(0);
  struct itimerval often = {{0, 500}, {0, 500}};
  setitimer(ITIMER_REAL, &often, NULL);
  go_all_ways(NULL);
  run_with_own_signal_stack();
  run_with_later_handler(SA_ONSTACK);
  run_with_later_handler(0);
  run_threads();
  wasm2obj_module_delete(module);
  printf("%d failures\n", failures);
  return failures != 0;
}
