/* embed_speed calls MODULE: measures typed calls, with a module of embed_speed.wat.
 * embed_speed load MODULE TIMES: loads, instantiates and deletes a module so many times, and tells
 * the time and by how much the process has grown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "loader/embed/wasm2obj_linker.h"

enum { ROUNDS = 400, CALLS = 100000 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void must(wasm2obj_error_t* error) {
  if (error == NULL) return;
  fprintf(stderr, "embed_speed: %s\n", wasm2obj_error_text(error));
  exit(1);
}

static void check(bool holds) {
  if (holds) return;
  fprintf(stderr, "embed_speed: wrong result\n");
  exit(1);
}

static int32_t same(wasm2obj_caller_t* caller, int32_t value) {
  (void)caller;
  return value;
}

static wasm2obj_linker_t* make_linker(void) {
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  must(wasm2obj_linker_func(linker, "host", "same", "(i)i", (wasm2obj_code_t)same, NULL));
  wasm2obj_linker_trap_unknown(linker);
  return linker;
}

/* Lowers `*least` to the time since `start`, for each of `count`. */
static void note(double* least, double start, int count) {
  double time = (now() - start) / count;
  if (time < *least) *least = time;
}

static void measure_calls(const char* path) {
  wasm2obj_module_t* module = NULL;
  wasm2obj_instance_t* instance = NULL;
  const wasm2obj_func_t *add = NULL, *repeat = NULL;
  wasm2obj_linker_t* linker = make_linker();
  must(wasm2obj_module_open(path, &module));
  must(wasm2obj_linker_instantiate(linker, module, NULL, NULL, &instance));
  must(wasm2obj_instance_func(instance, "add", "(ii)i", &add));
  must(wasm2obj_instance_func(instance, "repeat", "(i)i", &repeat));
  double into = 1e9, by_value = 1e9, out = 1e9;
  for (int round = 0; round < ROUNDS; ++round) {
    double start = now();
    for (int i = 0; i < CALLS; ++i) {
      wasm2obj_slot_t slots[2] = {{.i32 = i}, {.i32 = 1}};
      must(wasm2obj_func_call(add, slots));
      check(slots[0].i32 == i + 1);
    }
    note(&into, start, CALLS);
    start = now();
    for (int i = 0; i < CALLS / 10; ++i) {
      wasm2obj_value_t values[2] = {{WASM2OBJ_I32, {.i32 = i}}, {WASM2OBJ_I32, {.i32 = 1}}}, sum;
      must(wasm2obj_instance_call(instance, "add", values, 2, &sum, 1));
      check(sum.of.i32 == i + 1);
    }
    note(&by_value, start, CALLS / 10);
    wasm2obj_slot_t slot = {.i32 = CALLS};
    start = now();
    must(wasm2obj_func_call(repeat, &slot));
    note(&out, start, CALLS);
  }
  printf(
      "host to guest, typed: %.1f ns\nhost to guest, by name and values: %.1f ns\n"
      "guest to host: %.1f ns\n",
      into, by_value, out);
  wasm2obj_instance_delete(instance);
  wasm2obj_module_delete(module);
  wasm2obj_linker_delete(linker);
}

/* Returns the size in memory of the process, in KiB. */
static long process_size(void) {
  FILE* file = fopen("/proc/self/statm", "r");
  long all = 0, resident = 0;
  check(file != NULL && fscanf(file, "%ld %ld", &all, &resident) == 2);
  fclose(file);
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static void measure_loading(const char* path, int times) {
  wasm2obj_linker_t* linker = make_linker();
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  double open = 1e12, instantiate = 1e12, end = 1e12;
  long before = 0;
  for (int i = 0; i < times; ++i) {
    wasm2obj_module_t* module = NULL;
    wasm2obj_instance_t* instance = NULL;
    if (i == times / 10) before = process_size();
    double start = now();
    must(wasm2obj_module_open(path, &module));
    note(&open, start, 1);
    start = now();
    must(wasm2obj_linker_instantiate(linker, module, wasi, NULL, &instance));
    note(&instantiate, start, 1);
    start = now();
    wasm2obj_instance_delete(instance);
    wasm2obj_module_delete(module);
    note(&end, start, 1);
  }
  printf("open: %.3f ms\ninstantiate: %.3f ms\ndelete: %.3f ms\n", open / 1e6, instantiate / 1e6,
         end / 1e6);
  printf("the process has grown by %ld KiB in the last 90 %% of %d times\n",
         process_size() - before, times);
  wasm2obj_wasi_delete(wasi);
  wasm2obj_linker_delete(linker);
}

int main(int count, char** words) {
  if (count == 3 && strcmp(words[1], "calls") == 0) {
    measure_calls(words[2]);
  } else if (count == 4 && strcmp(words[1], "load") == 0) {
    measure_loading(words[2], atoi(words[3]));
  } else {
    fprintf(stderr, "Usage: embed_speed calls MODULE.so | load MODULE.so TIMES\n");
    return 2;
  }
  return 0;
}
