/* Calls every function of wasm.h. The arguments are the files of the modules standard.wat and
 * catching.wat, compiled or not. Prints the number of failures. */
#include "test/embed/standard/check.h"

static void read_file(const char* path, wasm_byte_vec_t* bytes) {
  FILE* file = fopen(path, "rb");
  if (file == NULL) exit(1);
  fseek(file, 0, SEEK_END);
  wasm_byte_vec_new_uninitialized(bytes, (size_t)ftell(file));
  rewind(file);
  if (fread(bytes->data, 1, bytes->size, file) != bytes->size) exit(1);
  fclose(file);
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  assertions();
  read_file(argv[1], &standard_module);
  read_file(argv[2], &catching_module);
  int count = test_types() + test_vectors() + test_references() + test_modules() + test_calls() +
              test_objects() + test_traps() + test_lifetimes() + test_misuse() + world_failures();
  wasm_byte_vec_delete(&standard_module);
  wasm_byte_vec_delete(&catching_module);
  printf("%d failures\n", count);
  return count != 0;
}
