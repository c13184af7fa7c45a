/* Calls all functions of lib.wat and prints the results. */
#include <inttypes.h>
#include <lib.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

static jmp_buf escape;

void lib_env_log(lib_instance* instance, int32_t value) {
  printf("log %d of %s\n", value, (const char*)wasm2obj_instance_env(lib_base(instance)));
}

void lib_env_two_x2D_results(lib_instance* instance, int64_t p0, double p1, int64_t* r0,
                             double* r1) {
  /* The guest is called again before the results are stored. */
  *r0 = p0 + lib_add(instance, 1, 2);
  *r1 = p1 * 2;
}

int32_t lib_env_again(lib_instance* instance, int32_t value) {
  return value == 0 ? 0 : value + lib_again(instance, value - 1);
}

static void on_error(lib_instance* instance, wasm2obj_error_t* error) {
  (void)instance;
  printf("handled: %.*s\n", (int)strcspn(wasm2obj_error_text(error), "\n"),
         wasm2obj_error_text(error));
  wasm2obj_error_delete(error);
}

static void handler(wasm2obj_instance_t* instance, wasm2obj_error_t* error) {
  on_error((lib_instance*)instance, error);
  longjmp(escape, 1);
}

static void returning(wasm2obj_instance_t* instance, wasm2obj_error_t* error) {
  on_error((lib_instance*)instance, error);
}

static void show(const char* what, wasm2obj_error_t* error) {
  printf("%s: kind %d: %.*s\n", what, (int)wasm2obj_error_kind(error),
         (int)strcspn(wasm2obj_error_text(error), "\n"), wasm2obj_error_text(error));
  wasm2obj_error_delete(error);
}

int main(int argc, char** argv) {
  (void)argv;
  lib_instance* lib = NULL;
  wasm2obj_error_t* error = lib_new(NULL, NULL, "the program", &lib);
  if (error != NULL) {
    show("lib_new", error);
    return 1;
  }
  printf("add %d\n", lib_add(lib, 40, 2));
  printf("mixed %g\n", lib_mixed(lib, 1, 2, 0.5f, 0.25));
  float f = 0;
  int64_t i = 0;
  lib_swap(lib, INT64_C(-5000000000), 1.5f, &f, &i);
  printf("swap %g %" PRId64 "\n", f, i);
  wasm2obj_v128_t sum = lib_vector(lib, (wasm2obj_v128_t){1, 2}, (wasm2obj_v128_t){30, 40});
  printf("vector %" PRId64 " %" PRId64 "\n", (int64_t)sum[0], (int64_t)sum[1]);
  printf("two %g\n", lib_two(lib, 10, 1.25));
  printf("again %d\n", lib_again(lib, 10));
  printf("odd %d %d %d\n", lib_an_x20_odd_x20_name_x21_(lib), lib_an_x20_odd_x20_name_x3F_(lib),
         lib_2nd(lib));

  size_t size = 0;
  unsigned char* memory = lib_memory(lib, &size);
  printf("memory %zu %s\n", size, (char*)memory + 16);
  lib_store(lib, 100, 0x01020304);
  printf("stored %d\n", memory[100]);

  int32_t quotient = 9;
  show("divide", lib_try_divide(lib, 1, 0, &quotient));
  printf("quotient %d\n", quotient);
  show("store", lib_try_store(lib, 70000, 1));
  printf("caught %d\n", lib_caught(lib, 11));
  show("throw", lib_try_throw(lib, 12));
  lib_on_error(lib, handler);
  if (setjmp(escape) == 0) {
    lib_divide(lib, 1, 0);
    printf("not reached\n");
  }
  lib_on_error(lib, returning);
  printf("returned %d\n", lib_divide(lib, 1, 0));

  /* A second instance has a memory of its own; the first one remains. */
  lib_instance* second = NULL;
  if (lib_new(NULL, NULL, "another", &second) != NULL) return 1;
  printf("second %d\n", ((unsigned char*)lib_memory(second, &size))[100]);
  lib_delete(second);
  printf("first %d\n", lib_add(lib, 1, 1));
  lib_on_error(lib, NULL);
  if (argc > 1) lib_divide(lib, 1, 0); /* aborts */
  lib_delete(lib);
  return 0;
}
