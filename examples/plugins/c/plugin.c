/* A plugin: functions from bytes to bytes. The host calls malloc for the input and free for both.
 *
 *   clang --target=wasm32-wasi -mexec-model=reactor -O2 plugin.c -o plugin.wasm \
 *     -Wl,--export=malloc,--export=free
 *   wasm2obj plugin.wasm -o plugin.so
 */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(name)))

/* What a function returns: an address and a size in 64 bits. */
typedef uint64_t bytes_t;
static bytes_t bytes_of(const char* text, size_t size) {
  return (uint64_t)(uintptr_t)text << 32 | size;
}

EXPORT("upper") bytes_t upper(const char* text, uint32_t size) {
  char* result = malloc(size);
  for (uint32_t index = 0; index < size; ++index) result[index] = (char)toupper(text[index]);
  return bytes_of(result, size);
}

static int reciprocal(int number) { return 100 / number; }

/* Traps if the number is 0. */
EXPORT("divide") bytes_t divide(const char* text, uint32_t size) {
  char digits[16] = {0};
  memcpy(digits, text, size < sizeof digits ? size : sizeof digits - 1);
  char* result = malloc(16);
  return bytes_of(result, (size_t)snprintf(result, 16, "%d", reciprocal(atoi(digits))));
}

/* Takes all memory that there is, and tells how many MiB that was. */
EXPORT("hoard") bytes_t hoard(const char* text, uint32_t size) {
  (void)text, (void)size;
  void* first = NULL;
  int count = 0;
  for (void** block; (block = malloc(1 << 20)) != NULL; ++count) {
    *block = first;
    first = block;
  }
  while (first != NULL) {
    void* next = *(void**)first;
    free(first);
    first = next;
  }
  char* result = malloc(16);
  return bytes_of(result, (size_t)snprintf(result, 16, "%d", count));
}

/* Never returns. */
EXPORT("spin") bytes_t spin(const char* text, uint32_t size) {
  (void)text, (void)size;
  for (volatile int count = 0;; ++count) {
  }
}

/* Changes the state of the instance. */
EXPORT("count") bytes_t count(const char* text, uint32_t size) {
  static int calls;
  (void)text, (void)size;
  char* result = malloc(16);
  return bytes_of(result, (size_t)snprintf(result, 16, "%d", ++calls));
}
