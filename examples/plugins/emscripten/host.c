/* Calls a library that Emscripten has made, as a program in C would call it if it were native:
 * strings on its stack, structures by their layout, and results that it has allocated.
 *
 *   cc host.c emscripten.c -lwasmrt -o host
 *   ./host library.so "some words" 3
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasm2obj.h>
#include <wasm2obj_linker.h>

#include "emscripten.h"

/* The functions of the library, and those that Emscripten exports for callers. */
typedef struct library_t {
  wasm2obj_module_t* module;
  wasm2obj_linker_t* linker;
  wasm2obj_instance_t* instance;
  unsigned growths;
  const wasm2obj_func_t *summarize, *repeat, *free, *stack_save, *stack_alloc, *stack_restore;
} library_t;

static void fail(wasm2obj_error_t* error) {
  if (error == NULL) return;
  fprintf(stderr, "host: %s\n", wasm2obj_error_text(error));
  exit(1);
}

static void library_open(library_t* library, const char* path) {
  *library = (library_t){.linker = wasm2obj_linker_new()};
  fail(wasm2obj_module_open(path, &library->module));
  fail(emscripten_define(library->linker, &library->growths));
  wasm2obj_wasi_t* wasi = wasm2obj_wasi_new();
  fail(wasm2obj_linker_instantiate(library->linker, library->module, wasi, NULL,
                                   &library->instance));
  wasm2obj_wasi_delete(wasi);
  fail(emscripten_start(library->instance));
  const struct {
    const char *name, *type;
    const wasm2obj_func_t** func;
  } rows[] = {
      {"summarize", "(ii)", &library->summarize},
      {"repeat", "(ii)i", &library->repeat},
      {"free", "(i)", &library->free},
      {"stackSave", "()i", &library->stack_save},
      {"stackAlloc", "(i)i", &library->stack_alloc},
      {"stackRestore", "(i)", &library->stack_restore},
  };
  for (size_t index = 0; index < sizeof rows / sizeof *rows; ++index) {
    fail(wasm2obj_instance_func(library->instance, rows[index].name, rows[index].type,
                                rows[index].func));
  }
}

static void library_close(library_t* library) {
  wasm2obj_instance_delete(library->instance);
  wasm2obj_linker_delete(library->linker);
  wasm2obj_module_delete(library->module);
}

/* Calls a function with at most two arguments. */
static uint32_t call(const wasm2obj_func_t* func, uint32_t first, uint32_t second) {
  wasm2obj_slot_t slots[2] = {{.i32 = (int32_t)first}, {.i32 = (int32_t)second}};
  fail(wasm2obj_func_call(func, slots));
  return (uint32_t)slots[0].i32;
}

static void* bytes(library_t* library, uint32_t at, size_t size) {
  void* found = emscripten_bytes(library->instance, at, size);
  if (found != NULL) return found;
  fprintf(stderr, "host: the library returns an address that is not in its memory\n");
  exit(1);
}

/* Copies a string to the stack of the library, until stackRestore is called. */
static uint32_t push_string(library_t* library, const char* text) {
  size_t size = strlen(text) + 1;
  uint32_t at = call(library->stack_alloc, (uint32_t)size, 0);
  memcpy(bytes(library, at, size), text, size);
  return at;
}

/* The structure of library.c. Its addresses are 32 bits, so that it is declared with those. */
struct summary {
  int32_t words;
  double average;
  uint32_t longest;
};

static void print_summary(library_t* library, const char* text) {
  uint32_t mark = call(library->stack_save, 0, 0);
  uint32_t summary_at = call(library->stack_alloc, sizeof(struct summary), 0);
  uint32_t text_at = push_string(library, text);
  call(library->summarize, text_at, summary_at);
  struct summary summary;
  memcpy(&summary, bytes(library, summary_at, sizeof summary), sizeof summary);
  /* What a library returns is checked before it is used, also where it points to. */
  size_t offset = summary.longest - text_at;
  const char* longest = summary.words != 0 && offset < strlen(text) ? text + offset : "";
  printf("%d words of %.2f letters, the longest is %.*s\n", (int)summary.words, summary.average,
         (int)strcspn(longest, " "), longest);
  call(library->stack_restore, mark, 0);
}

static void print_repeated(library_t* library, const char* text, uint32_t count) {
  uint32_t mark = call(library->stack_save, 0, 0);
  uint32_t copies = call(library->repeat, push_string(library, text), count);
  call(library->stack_restore, mark, 0);
  if (copies == 0) {
    printf("no room for %u copies\n", count);
    return;
  }
  size_t size = strlen(text) * count;
  const char* begin = bytes(library, copies, size);
  printf("%zu letters that begin with %.20s\n", size, begin);
  call(library->free, copies, 0);
}

int main(int count, char** words) {
  if (count != 4) {
    fprintf(stderr, "Usage: host LIBRARY.so TEXT COUNT\n");
    return 2;
  }
  library_t library;
  library_open(&library, words[1]);
  print_summary(&library, words[2]);
  print_repeated(&library, words[2], (uint32_t)strtoul(words[3], NULL, 10));
  printf("the memory has grown %s\n", library.growths == 0 ? "never" : "at least once");
  library_close(&library);
  return 0;
}
