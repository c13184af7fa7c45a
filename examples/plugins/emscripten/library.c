/* A library as Emscripten makes it: it keeps its own heap and stack, exports functions with numbers
 * and pointers, and tells when its memory grows. With Emscripten it would be made by
 *
 *   emcc -O2 -sSTANDALONE_WASM --no-entry -sALLOW_MEMORY_GROWTH library.c -o library.wasm \
 *     -sEXPORTED_FUNCTIONS=_summarize,_repeat,_malloc,_free
 *
 * and the test makes the same with clang and wasi-libc, for which EMULATED adds what Emscripten
 * adds itself.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(name)))

/* 24 bytes: the double is at 8, as in all modules with 32-bit addresses. */
struct summary {
  int32_t words;
  double average;   /* length */
  uint32_t longest; /* address of the longest word */
};

EXPORT("summarize") void summarize(const char* text, struct summary* summary) {
  size_t letters = 0, longest = 0;
  memset(summary, 0, sizeof *summary);
  while (*text != '\0') {
    size_t length = strcspn(text, " ");
    if (length > longest) {
      longest = length;
      summary->longest = (uint32_t)(uintptr_t)text;
    }
    if (length != 0) ++summary->words;
    letters += length;
    text += length;
    text += strspn(text, " ");
  }
  if (summary->words != 0) summary->average = (double)letters / summary->words;
}

/* Returns `count` copies of a text, which the caller frees; null if there is no room. */
EXPORT("repeat") char* repeat(const char* text, uint32_t count) {
  size_t length = strlen(text);
  char* copies = malloc(length * count + 1);
  if (copies == NULL) return NULL;
  for (uint32_t index = 0; index < count; ++index) memcpy(copies + index * length, text, length);
  copies[length * count] = '\0';
  return copies;
}

#ifdef EMULATED
#define IMPORT(name) __attribute__((import_module("env"), import_name(name)))
IMPORT("emscripten_notify_memory_growth") void notify_memory_growth(size_t memory);
IMPORT("emscripten_get_now") double get_now(void);

/* Emscripten's allocator calls this when it has grown the memory. */
void* __real_malloc(size_t size);
EXPORT("malloc") void* __wrap_malloc(size_t size) {
  size_t pages = __builtin_wasm_memory_size(0);
  void* bytes = __real_malloc(size);
  if (__builtin_wasm_memory_size(0) != pages) notify_memory_growth(0);
  return bytes;
}

__asm__(".globaltype __stack_pointer, i32\n");
EXPORT("stackSave") uint32_t stack_save(void) {
  uint32_t at;
  __asm__ volatile("global.get __stack_pointer\n local.set %0" : "=r"(at));
  return at;
}
EXPORT("stackRestore") void stack_restore(uint32_t at) {
  __asm__ volatile("local.get %0\n global.set __stack_pointer" ::"r"(at));
}
EXPORT("stackAlloc") uint32_t stack_alloc(uint32_t size) {
  uint32_t at = (stack_save() - size) & ~15u;
  stack_restore(at);
  return at;
}
EXPORT("now") double now(void) { return get_now(); }
#endif
