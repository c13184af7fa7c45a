/* Links functions of this program into guests, and calls guests by typed functions.
 * Usage: run_typed TYPED.so SHARING.so WASI.so */
#include "loader/embed/wasm2obj_linker.h"
#include "test/embed/expect.h"

static int marker; /* the environment of the functions below */
static const wasm2obj_func_t* countdown;

static double sum(wasm2obj_caller_t* caller, int32_t a, int64_t b, float c, double d) {
  EXPECT(wasm2obj_caller_env(caller) == &marker);
  return a + (double)b + c + d;
}

static void pair(wasm2obj_caller_t* caller, int64_t value) {
  wasm2obj_slot_t* results = wasm2obj_caller_results(caller);
  results[0].i32 = (int32_t)value;
  results[1].f64 = (double)value / 2;
}

static void fill(wasm2obj_caller_t* caller, int32_t at, int32_t byte) {
  size_t size;
  char* memory = wasm2obj_caller_memory(caller, &size);
  if (byte == 256) {
    wasm2obj_caller_exit(caller, 7);
  } else if ((uint32_t)at >= size) {
    wasm2obj_caller_trap(caller, "the address is out of bounds");
  } else {
    memory[at] = (char)byte;
  }
}

/* Calls the guest that has called it. */
static int32_t again(wasm2obj_caller_t* caller, int32_t count) {
  (void)caller;
  wasm2obj_slot_t slot = {.i32 = count};
  MUST(wasm2obj_func_call(countdown, &slot));
  return slot.i32;
}

static void define(wasm2obj_linker_t* linker) {
  MUST(wasm2obj_linker_func(linker, "host", "sum", "(iIfF)F", (wasm2obj_code_t)sum, &marker));
  MUST(wasm2obj_linker_func(linker, "host", "pair", "(I)iF", (wasm2obj_code_t)pair, NULL));
  MUST(wasm2obj_linker_func(linker, "host", "fill", "(ii)", (wasm2obj_code_t)fill, NULL));
  MUST(wasm2obj_linker_func(linker, "host", "again", "(i)i", (wasm2obj_code_t)again, NULL));
}

static const wasm2obj_func_t* func(wasm2obj_instance_t* instance, const char* name,
                                   const char* type) {
  const wasm2obj_func_t* found;
  MUST(wasm2obj_instance_func(instance, name, type, &found));
  return found;
}

static void call_guest(wasm2obj_instance_t* instance) {
  const wasm2obj_func_t* add = func(instance, "add", "(ii)i");
  EXPECT(func(instance, "add", "(ii)i") == add);
  wasm2obj_slot_t slots[4] = {{.i32 = 40}, {.i32 = 2}};
  MUST(wasm2obj_func_call(add, slots));
  EXPECT(slots[0].i32 == 42);
  MUST(wasm2obj_func_call(func(instance, "nothing", "()"), NULL));
  slots[0].i64 = INT64_MAX - 1;
  slots[1].f32 = 1.5f;
  MUST(wasm2obj_func_call(func(instance, "mixed", "(If)fI"), slots));
  EXPECT(slots[0].f32 == -1.5f);
  EXPECT(slots[1].i64 == INT64_MAX);
  EXPECT_ERROR(wasm2obj_func_call(func(instance, "fail", "()"), NULL), WASM2OBJ_ERROR_TRAP,
               "unreachable");
}

static void call_program(wasm2obj_instance_t* instance) {
  wasm2obj_slot_t slots[4] = {{.i32 = 1}, {.i64 = 20}, {.f32 = 300}, {.f64 = 4000}};
  MUST(wasm2obj_func_call(func(instance, "callSum", "(iIfF)F"), slots));
  EXPECT(slots[0].f64 == 4321);
  slots[0].i64 = 9;
  MUST(wasm2obj_func_call(func(instance, "callPair", "(I)Fi"), slots));
  EXPECT(slots[0].f64 == 4.5);
  EXPECT(slots[1].i32 == 9);
  const wasm2obj_func_t* call_fill = func(instance, "callFill", "(ii)i");
  slots[0].i32 = 100;
  slots[1].i32 = 200;
  MUST(wasm2obj_func_call(call_fill, slots));
  EXPECT(slots[0].i32 == 200);
  slots[0].i32 = 1 << 20;
  EXPECT_ERROR(wasm2obj_func_call(call_fill, slots), WASM2OBJ_ERROR_TRAP,
               "the address is out of bounds");
  slots[0].i32 = 0;
  slots[1].i32 = 256;
  wasm2obj_error_t* exit = wasm2obj_func_call(call_fill, slots);
  EXPECT(exit != NULL && wasm2obj_error_exit_status(exit) == 7);
  wasm2obj_error_delete(exit);
  countdown = func(instance, "countdown", "(i)i");
  slots[0].i32 = 20;
  MUST(wasm2obj_func_call(countdown, slots));
  EXPECT(slots[0].i32 == 20);
}

static void refuse_wrong_types(wasm2obj_instance_t* instance, wasm2obj_linker_t* linker) {
  const wasm2obj_func_t* none;
  EXPECT_ERROR(wasm2obj_instance_func(instance, "sub", "()", &none), WASM2OBJ_ERROR_USE,
               "no function 'sub' is exported");
  EXPECT_ERROR(wasm2obj_instance_func(instance, "add", "(iI)i", &none), WASM2OBJ_ERROR_USE,
               "add: the type is [i32 i32] -> [i32], expected [i32 i64] -> [i32]");
  EXPECT_ERROR(wasm2obj_instance_func(instance, "reference", "(i)", &none), WASM2OBJ_ERROR_USE,
               "externref");
  const char* malformed[][2] = {{"", "does not begin with '('"},
                                {"ii", "does not begin with '('"},
                                {"(ii", "has no ')'"},
                                {"(ix)", "has the letter 'x'"},
                                {"(i)i)", "has the letter ')'"}};
  for (size_t i = 0; i < sizeof malformed / sizeof *malformed; ++i) {
    const char* type = malformed[i][0];
    EXPECT_ERROR(wasm2obj_instance_func(instance, "add", type, &none), WASM2OBJ_ERROR_USE,
                 malformed[i][1]);
    EXPECT_ERROR(wasm2obj_linker_func(linker, "a", "b", type, (wasm2obj_code_t)sum, NULL),
                 WASM2OBJ_ERROR_USE, malformed[i][1]);
  }
}

/* An instance with the memory of another one, which the program deletes first. */
static void share(wasm2obj_linker_t* linker, const wasm2obj_module_t* typed,
                  const wasm2obj_module_t* sharing) {
  wasm2obj_instance_t* first;
  wasm2obj_instance_t* foreign;
  MUST(wasm2obj_linker_instantiate(linker, typed, NULL, NULL, &first));
  MUST(wasm2obj_linker_instantiate(linker, typed, NULL, NULL, &foreign));
  MUST(wasm2obj_linker_instance(linker, "first", first));
  EXPECT_ERROR(wasm2obj_linker_instance(linker, "second", foreign), WASM2OBJ_ERROR_USE,
               "another store");
  wasm2obj_instance_delete(foreign);
  wasm2obj_instance_t* second;
  MUST(wasm2obj_linker_instantiate(linker, sharing, NULL, NULL, &second));
  size_t size;
  int32_t* memory = wasm2obj_instance_memory(first, &size);
  memory[4] = 30;
  wasm2obj_instance_delete(first);
  wasm2obj_slot_t slots[2] = {{.i32 = 16}, {.i32 = 12}};
  MUST(wasm2obj_func_call(func(second, "addTo", "(ii)i"), slots));
  EXPECT(slots[0].i32 == 42);
  wasm2obj_instance_delete(second);
}

static void link_unknown(const wasm2obj_module_t* typed, const wasm2obj_module_t* wasi_module) {
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  wasm2obj_instance_t* instance;
  define(linker);
  EXPECT_ERROR(wasm2obj_linker_instantiate(linker, typed, NULL, NULL, &instance),
               WASM2OBJ_ERROR_USE, "unknown import other.unknown (function [f64] -> [i64])");
  EXPECT_ERROR(wasm2obj_linker_instantiate(linker, wasi_module, NULL, NULL, &instance),
               WASM2OBJ_ERROR_USE, "unknown import wasi_snapshot_preview1.");
  wasm2obj_linker_trap_unknown(linker);
  MUST(wasm2obj_linker_instantiate(linker, typed, NULL, NULL, &instance));
  wasm2obj_slot_t slot;
  EXPECT_ERROR(wasm2obj_func_call(func(instance, "callUnknown", "()I"), &slot), WASM2OBJ_ERROR_TRAP,
               "unknown import other.unknown was called");
  wasm2obj_instance_delete(instance);
  /* A definition of another type remains an error. */
  MUST(wasm2obj_linker_func(linker, "host", "fill", "(iI)", (wasm2obj_code_t)fill, NULL));
  EXPECT_ERROR(wasm2obj_linker_instantiate(linker, typed, NULL, NULL, &instance),
               WASM2OBJ_ERROR_USE, "incompatible import type for host.fill");
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  MUST(wasm2obj_linker_instantiate(linker, wasi_module, wasi, NULL, &instance));
  wasm2obj_wasi_delete(wasi);
  wasm2obj_instance_delete(instance);
  wasm2obj_linker_delete(linker);
}

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  wasm2obj_module_t* modules[3];
  for (int i = 0; i < 3; ++i) MUST(wasm2obj_module_open(argv[1 + i], &modules[i]));
  wasm2obj_linker_t* linker = wasm2obj_linker_new();
  define(linker);
  wasm2obj_linker_trap_unknown(linker);
  wasm2obj_instance_t* instance;
  MUST(wasm2obj_linker_instantiate(linker, modules[0], NULL, NULL, &instance));
  call_guest(instance);
  call_program(instance);
  refuse_wrong_types(instance, linker);
  wasm2obj_instance_delete(instance);
  share(linker, modules[0], modules[1]);
  wasm2obj_linker_delete(linker);
  link_unknown(modules[0], modules[2]);
  for (int i = 0; i < 3; ++i) wasm2obj_module_delete(modules[i]);
  printf("%d failures\n", failures);
  return failures != 0;
}
