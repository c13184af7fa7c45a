/* deadlines MODULE FUNCTION COUNT: calls a function of endless.wat COUNT times, each in a new
 * instance and with a limit of 1 to 10 ms, and tells how long after its deadline each call ended.
 * Behind each call another guest is called, which is not interrupted. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "loader/embed/wasm2obj.h"

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000ll + time.tv_nsec;
}

static void must(wasm2obj_error_t* error) {
  if (error == NULL) return;
  fprintf(stderr, "deadlines: %s\n", wasm2obj_error_text(error));
  exit(1);
}

static void call_another(wasm2obj_module_t* module, wasm2obj_wasi_t* wasi) {
  wasm2obj_instance_t* instance = NULL;
  wasm2obj_value_t value;
  must(wasm2obj_instance_new(module, wasi, &instance));
  must(wasm2obj_instance_call(instance, "quick", NULL, 0, &value, 1));
  if (value.of.i32 != 42) exit(1);
  wasm2obj_instance_delete(instance);
}

/* Returns the nanoseconds from the deadline to the end of the call. */
static long long lateness(wasm2obj_module_t* module, wasm2obj_wasi_t* wasi, const char* name,
                          long long limit) {
  wasm2obj_instance_t* instance = NULL;
  must(wasm2obj_instance_new(module, wasi, &instance));
  wasm2obj_instance_time_limit(instance, (uint64_t)limit);
  long long deadline = now() + limit;
  wasm2obj_error_t* error = wasm2obj_instance_call(instance, name, NULL, 0, NULL, 0);
  long long late = now() - deadline;
  if (error == NULL || wasm2obj_error_kind(error) != WASM2OBJ_ERROR_INTERRUPTED) {
    fprintf(stderr, "deadlines: %s was not interrupted\n", name);
    exit(1);
  }
  wasm2obj_error_delete(error);
  wasm2obj_instance_delete(instance);
  return late;
}

static int compare(const void* a, const void* b) {
  long long left = *(const long long*)a, right = *(const long long*)b;
  return (left > right) - (left < right);
}

int main(int argc, char** argv) {
  int count = argc == 4 ? atoi(argv[3]) : 0;
  if (count <= 0) return 2;
  wasm2obj_module_t* module = NULL;
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  must(wasm2obj_module_open(argv[1], &module));
  long long* late = malloc(sizeof *late * (size_t)count);
  int in_time = 0;
  for (int i = 0; i < count; ++i) {
    late[i] = lateness(module, wasi, argv[2], (i % 10 + 1) * 1000000ll);
    in_time += late[i] <= 5000000;
    call_another(module, wasi);
  }
  qsort(late, (size_t)count, sizeof *late, compare);
  printf("%d of %d within 5 ms; median %lld us, 99 of 100 %lld us, most %lld us\n", in_time, count,
         late[count / 2] / 1000, late[count - 1 - count / 100] / 1000, late[count - 1] / 1000);
  free(late);
  wasm2obj_module_delete(module);
  wasm2obj_wasi_delete(wasi);
  return 0;
}
