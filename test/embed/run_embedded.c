/* run_embedded MODULE FOLDER: a C program that runs lit/embed/Inputs/guest.wat with libwasmrt and
 * uses all functions of wasm2obj.h except those for references. It prints what is not as expected,
 * and then fails. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "loader/embed/wasm2obj.h"
#include "test/embed/expect.h"

static wasm2obj_module_t* module;
static const char* folder;

static wasm2obj_instance_t* make(wasm2obj_wasi_t* wasi) {
  wasm2obj_instance_t* instance;
  MUST(wasm2obj_instance_new(module, wasi, &instance));
  return instance;
}

static int64_t number(wasm2obj_instance_t* instance, const char* name) {
  wasm2obj_value_t result;
  MUST(wasm2obj_instance_call(instance, name, NULL, 0, &result, 1));
  EXPECT(result.type == WASM2OBJ_I64);
  return result.of.i64;
}

/* The guest copies its input to its output, prints the number of its arguments to standard error,
 * and exits with 7. */
static void run_echo(wasm2obj_wasi_t* wasi) {
  wasm2obj_instance_t* instance = make(wasi);
  int32_t status = -1;
  MUST(wasm2obj_instance_run(instance, &status));
  EXPECT(status == 7);
  wasm2obj_instance_delete(instance);
}

static bool holds(const wasm2obj_buffer_t* buffer, const char* text) {
  return wasm2obj_buffer_size(buffer) == strlen(text) &&
         memcmp(wasm2obj_buffer_bytes(buffer), text, strlen(text)) == 0;
}

static void test_buffers(void) {
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  wasm2obj_buffer_t* output = wasm2obj_buffer_new(100);
  wasm2obj_buffer_t* errors = wasm2obj_buffer_new(100);
  wasm2obj_wasi_argument(wasi, "program");
  wasm2obj_wasi_argument(wasi, "one");
  wasm2obj_wasi_stdin_bytes(wasi, "from\0memory", 11);
  wasm2obj_wasi_stream_buffer(wasi, WASM2OBJ_STDOUT, output);
  wasm2obj_wasi_stream_buffer(wasi, WASM2OBJ_STDERR, errors);
  run_echo(wasi);
  EXPECT(wasm2obj_buffer_size(output) == 11);
  EXPECT(memcmp(wasm2obj_buffer_bytes(output), "from\0memory", 11) == 0);
  EXPECT(holds(errors, "2"));
  wasm2obj_wasi_delete(wasi);
  wasm2obj_buffer_delete(output);
  wasm2obj_buffer_delete(errors);
}

struct script {
  const char* input;
  char output[100];
  int finished;
};

/* Reads three bytes at a time. */
static ptrdiff_t read_script(void* env, void* into, size_t size) {
  struct script* script = env;
  size_t count = strnlen(script->input, size < 3 ? size : 3);
  memcpy(into, script->input, count);
  script->input += count;
  return (ptrdiff_t)count;
}

static ptrdiff_t write_script(void* env, const void* from, size_t size) {
  strncat(((struct script*)env)->output, from, size);
  return (ptrdiff_t)size;
}

static ptrdiff_t refuse(void* env, const void* from, size_t size) {
  (void)env, (void)from, (void)size;
  return -EFBIG;
}

static void finish_script(void* env) { ++((struct script*)env)->finished; }

static void test_calls(void) {
  struct script script = {.input = "from functions"};
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  wasm2obj_wasi_stdin_calls(wasi, read_script, &script, finish_script);
  wasm2obj_wasi_stream_calls(wasi, WASM2OBJ_STDOUT, write_script, &script, finish_script);
  wasm2obj_wasi_stream_calls(wasi, WASM2OBJ_STDERR, refuse, NULL, NULL);
  wasm2obj_instance_t* instance = make(wasi);
  int32_t status = -1;
  EXPECT_ERROR(wasm2obj_instance_call(instance, "_start", NULL, 0, NULL, 0), WASM2OBJ_ERROR_EXIT,
               "exit");
  EXPECT(strcmp(script.output, "from functions") == 0);
  MUST(wasm2obj_instance_run(instance, &status));
  EXPECT(status == 22); /* WASI's number for EFBIG, which the guest exits with */
  wasm2obj_wasi_delete(wasi);
  EXPECT(script.finished == 0);
  wasm2obj_instance_delete(instance);
  EXPECT(script.finished == 2);
}

static void test_files(void) {
  char in[4096], out[4096];
  snprintf(in, sizeof in, "%s/in", folder);
  snprintf(out, sizeof out, "%s/out", folder);
  FILE* file = fopen(in, "w");
  fputs("from a file", file);
  fclose(file);
  int fd = open(out, O_RDWR | O_CREAT | O_TRUNC, 0666);
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  wasm2obj_wasi_stream_file(wasi, WASM2OBJ_STDIN, in);
  wasm2obj_wasi_stream_fd(wasi, WASM2OBJ_STDOUT, fd);
  run_echo(wasi);
  char text[100] = "";
  EXPECT(pread(fd, text, sizeof text, 0) == 11 && strcmp(text, "from a file") == 0);
  close(fd);
  wasm2obj_wasi_directory(wasi, "/nonexistent", "/", true);
  wasm2obj_instance_t* instance;
  EXPECT_ERROR(wasm2obj_instance_new(module, wasi, &instance), WASM2OBJ_ERROR_USE, "/nonexistent");
  wasm2obj_wasi_delete(wasi);
}

/* Runs a guest twice with pinned clocks and random numbers, which must be the same. */
static void test_pins(void) {
  int64_t first = 0;
  for (int i = 0; i < 2; ++i) {
    wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
    wasm2obj_wasi_pin_clocks(wasi, 1000, 10);
    wasm2obj_wasi_pin_random(wasi, 42);
    wasm2obj_instance_t* instance = make(wasi);
    EXPECT(number(instance, "now") == 1000);
    EXPECT(number(instance, "now") == 1010);
    int64_t random = number(instance, "random");
    EXPECT(i == 0 || random == first);
    first = random;
    wasm2obj_instance_delete(instance);
    wasm2obj_wasi_delete(wasi);
  }
}

static void test_limits(void) {
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  wasm2obj_limits_t* limits = wasm2obj_limits_new();
  wasm2obj_instance_t* instance;
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_MEMORY_BYTES, 100);
  EXPECT_ERROR(wasm2obj_instance_new_limited(module, wasi, limits, &instance), WASM2OBJ_ERROR_USE,
               "WASM2OBJ_LIMIT_MEMORY_BYTES");
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_MEMORY_BYTES, 1 << 20);
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_HOST_BYTES, 100);
  EXPECT_ERROR(wasm2obj_instance_new_limited(module, wasi, limits, &instance), WASM2OBJ_ERROR_USE,
               "WASM2OBJ_LIMIT_HOST_BYTES");
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_HOST_BYTES, 2 << 20);
  MUST(wasm2obj_instance_new_limited(module, wasi, limits, &instance));
  wasm2obj_limits_delete(limits);
  wasm2obj_instance_delete(instance);
  wasm2obj_wasi_delete(wasi);
}

/* Instances have limits of their own, and what they take together is limited by an account. */
static void test_account(void) {
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  wasm2obj_limits_t* limits = wasm2obj_limits_new();
  wasm2obj_limits_set(limits, WASM2OBJ_LIMIT_MEMORY_BYTES, 2 << 16); /* of two instances */
  wasm2obj_account_t* account = wasm2obj_account_new(limits);
  wasm2obj_limits_set_account(limits, account);
  wasm2obj_account_delete(account);
  wasm2obj_instance_t* instances[2];
  for (int i = 0; i < 2; ++i) {
    MUST(wasm2obj_instance_new_limited(module, wasi, limits, &instances[i]));
  }
  wasm2obj_instance_t* third;
  EXPECT_ERROR(wasm2obj_instance_new_limited(module, wasi, limits, &third), WASM2OBJ_ERROR_USE,
               "WASM2OBJ_LIMIT_MEMORY_BYTES");
  wasm2obj_instance_delete(instances[0]);
  MUST(wasm2obj_instance_new_limited(module, wasi, limits, &third));
  wasm2obj_instance_delete(third);
  wasm2obj_limits_set_account(limits, NULL);
  MUST(wasm2obj_instance_new_limited(module, wasi, limits, &third));
  wasm2obj_instance_delete(third);
  wasm2obj_instance_delete(instances[1]);
  wasm2obj_limits_delete(limits);
  wasm2obj_wasi_delete(wasi);
}

static void test_instances(void) {
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  wasm2obj_instance_t* instance = make(wasi);
  wasm2obj_value_t arguments[] = {{.type = WASM2OBJ_I32, .of.i32 = -2},
                                  {.type = WASM2OBJ_F64, .of.f64 = 2.5}};
  wasm2obj_value_t result;
  MUST(wasm2obj_instance_call(instance, "add", arguments, 2, &result, 1));
  EXPECT(result.type == WASM2OBJ_F64 && result.of.f64 == 0.5);
  EXPECT_ERROR(wasm2obj_instance_call(instance, "add", arguments, 1, &result, 1),
               WASM2OBJ_ERROR_USE, "");
  EXPECT_ERROR(wasm2obj_instance_call(instance, "add", arguments, 2, NULL, 0), WASM2OBJ_ERROR_USE,
               "number of results");
  EXPECT_ERROR(wasm2obj_instance_call(instance, "none", NULL, 0, NULL, 0), WASM2OBJ_ERROR_USE,
               "none");
  EXPECT_ERROR(wasm2obj_instance_call(instance, "trap", NULL, 0, NULL, 0), WASM2OBJ_ERROR_TRAP,
               "unreachable");
  size_t size = 0;
  char* memory = wasm2obj_instance_memory(instance, &size);
  EXPECT(size == 65536 && memory[8] == 'm');
  wasm2obj_instance_delete(instance);
  wasm2obj_wasi_delete(wasi);
}

/* A guest that reads from a pipe that remains empty, with the largest number of files. */
static void test_files_and_waits(void) {
  int ends[2];
  if (pipe(ends) != 0) exit(1);
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  wasm2obj_wasi_stream_fd(wasi, WASM2OBJ_STDIN, ends[0]);
  wasm2obj_wasi_max_files(wasi, 2);
  wasm2obj_instance_t* instance;
  EXPECT_ERROR(wasm2obj_instance_new(module, wasi, &instance), WASM2OBJ_ERROR_USE,
               "more than the 2 descriptors");
  wasm2obj_wasi_max_files(wasi, 3);
  instance = make(wasi);
  int32_t status;
  wasm2obj_instance_interrupt(instance);
  EXPECT_ERROR(wasm2obj_instance_run(instance, &status), WASM2OBJ_ERROR_INTERRUPTED, "interrupted");
  wasm2obj_instance_delete(instance);
  wasm2obj_wasi_delete(wasi);
  close(ends[0]);
  close(ends[1]);
}

/* Returns the contents of a file of at most 1 MiB, with a NUL behind them, which the caller frees.
 */
static char* read_all(const char* path, size_t* size) {
  const size_t limit = 1 << 20;
  char* bytes = calloc(limit + 1, 1);
  FILE* file = fopen(path, "rb");
  *size = fread(bytes, 1, limit, file);
  fclose(file);
  return bytes;
}

static void test_modules(const char* path) {
  size_t size = 0;
  char* bytes = read_all(path, &size);
  MUST(wasm2obj_module_open_bytes(bytes, size, &module));
  test_instances();
  wasm2obj_module_delete(module);
  EXPECT_ERROR(wasm2obj_module_open_bytes(bytes, size / 2, &module), WASM2OBJ_ERROR_USE, "");
  free(bytes);
  EXPECT_ERROR(wasm2obj_module_open("/nonexistent", &module), WASM2OBJ_ERROR_USE, "/nonexistent");
}

/* The folder has a key, the module signed by it, and the key of somebody else. */
static void test_signatures(const char* unsigned_path) {
  char signed_path[500], key_path[500], other_path[500];
  snprintf(signed_path, sizeof signed_path, "%s/signed.so", folder);
  snprintf(key_path, sizeof key_path, "%s/key.pub", folder);
  snprintf(other_path, sizeof other_path, "%s/other.pub", folder);
  wasm2obj_keys_t* keys = wasm2obj_keys_new();
  wasm2obj_module_t* opened = NULL;
  EXPECT_ERROR(wasm2obj_module_open_signed(signed_path, keys, &opened), WASM2OBJ_ERROR_USE,
               "there are no keys");
  EXPECT_ERROR(wasm2obj_keys_add(keys, "no key"), WASM2OBJ_ERROR_USE, "is no PEM file");
  EXPECT_ERROR(wasm2obj_keys_add_file(keys, signed_path), WASM2OBJ_ERROR_USE, "signed.so");
  MUST(wasm2obj_keys_add_file(keys, other_path));
  EXPECT_ERROR(wasm2obj_module_open_signed(signed_path, keys, &opened), WASM2OBJ_ERROR_USE,
               "which is not the required one");
  EXPECT(opened == NULL);

  size_t size = 0;
  char* pem = read_all(key_path, &size);
  MUST(wasm2obj_keys_add(keys, pem));
  free(pem);
  MUST(wasm2obj_module_open_signed(signed_path, keys, &opened));
  wasm2obj_module_delete(opened);
  opened = NULL;
  EXPECT_ERROR(wasm2obj_module_open_signed(unsigned_path, keys, &opened), WASM2OBJ_ERROR_USE,
               "is not signed");

  char* bytes = read_all(signed_path, &size);
  MUST(wasm2obj_module_open_signed_bytes(bytes, size, keys, &opened));
  wasm2obj_module_delete(opened);
  opened = NULL;
  bytes[size / 2] ^= 1;
  EXPECT_ERROR(wasm2obj_module_open_signed_bytes(bytes, size, keys, &opened), WASM2OBJ_ERROR_USE,
               "has been changed since it was signed");
  EXPECT(opened == NULL);
  free(bytes);
  wasm2obj_keys_delete(keys);
  wasm2obj_keys_delete(NULL);
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  folder = argv[2];
  MUST(wasm2obj_module_open(argv[1], &module));
  test_buffers();
  test_calls();
  test_files();
  test_pins();
  test_limits();
  test_account();
  test_instances();
  test_files_and_waits();
  wasm2obj_module_delete(module);
  test_modules(argv[1]);
  test_signatures(argv[1]);
  printf("%d failures\n", failures);
  return failures != 0;
}
