/* Compiles modules in the process. Usage: run_compiling YES|NO, whether the library can. */
#include "loader/embed/wasm2obj_compile.h"
#include "test/embed/expect.h"

static const char kText[] =
    "(module (memory (export \"memory\") 1) (func (export \"load\") (param i32) (result i32) "
    "(i32.load (local.get 0))))";

static void run(wasm2obj_module_t* module) {
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  wasm2obj_instance_t* instance;
  MUST(wasm2obj_instance_new(module, wasi, &instance));
  wasm2obj_value_t address = {.type = WASM2OBJ_I32, .of = {.i32 = 65532}}, result;
  MUST(wasm2obj_instance_call(instance, "load", &address, 1, &result, 1));
  EXPECT(result.of.i32 == 0);
  ++address.of.i32;
  EXPECT_ERROR(wasm2obj_instance_call(instance, "load", &address, 1, &result, 1),
               WASM2OBJ_ERROR_TRAP, "out of bounds");
  wasm2obj_instance_delete(instance);
  wasm2obj_module_delete(module);
  wasm2obj_wasi_delete(wasi);
}

static void compile_with(const char* const* options, size_t count) {
  wasm2obj_module_t* module;
  MUST(wasm2obj_module_compile(kText, sizeof kText - 1, options, count, &module));
  run(module);
}

static wasm2obj_error_t* try(const char* text, const char* option) {
  wasm2obj_buffer_t* none;
  return wasm2obj_compile(text, strlen(text), &option, option == NULL ? 0 : 1, &none);
}

static void compile_all(void) {
  compile_with(NULL, 0);
  const char* all[] = {"-O0",
                       "--bounds=explicit",
                       "--spectre=on",
                       "--cpu-features=+sse4.2",
                       "--deterministic",
                       "--exact-traps",
                       "--verify-ir"};
  size_t count = sizeof all / sizeof *all;
#ifndef __x86_64__
  all[3] = "-Os";
#endif
  for (size_t i = 0; i < count; ++i) compile_with(&all[i], 1);
  compile_with(all, 3);
  /* For another machine: an artifact that this one refuses. */
#ifdef __x86_64__
  const char* other[] = {"--target=aarch64-linux-gnu", "--cpu=generic"};
#else
  const char* other[] = {"--target=x86_64-linux-gnu", "--cpu=x86-64"};
#endif
  wasm2obj_buffer_t* artifact;
  MUST(wasm2obj_compile(kText, sizeof kText - 1, other, 2, &artifact));
  wasm2obj_module_t* none;
  EXPECT_ERROR(wasm2obj_module_open_bytes(wasm2obj_buffer_bytes(artifact),
                                          wasm2obj_buffer_size(artifact), &none),
               WASM2OBJ_ERROR_USE, "");
  wasm2obj_buffer_delete(artifact);
  EXPECT_ERROR(try("(module (func (result i32)))", NULL), WASM2OBJ_ERROR_USE, "the module:1:");
  EXPECT_ERROR(try("", NULL), WASM2OBJ_ERROR_USE, "the module");
  EXPECT_ERROR(try("(module)", "-O7"), WASM2OBJ_ERROR_USE, "'7' is not one of its values");
  EXPECT_ERROR(try("(module)", "--cpu=nothing"), WASM2OBJ_ERROR_USE, "nothing");
  EXPECT_ERROR(try("(module)", "--cpu=native,generic"), WASM2OBJ_ERROR_USE, "several CPUs");
  EXPECT_ERROR(try("(module)", "--emit=asm"), WASM2OBJ_ERROR_USE, "--emit");
  EXPECT_ERROR(try("(module)", "--help"), WASM2OBJ_ERROR_USE, "--help");
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  if (strcmp(argv[1], "YES") == 0) {
    compile_all();
  } else {
    EXPECT_ERROR(try("(module)", NULL), WASM2OBJ_ERROR_USE, "libwasmrt has no compiler");
  }
  printf("%d failures\n", failures);
  return failures != 0;
}
