/* A plugin for Extism in plain C, with the functions of the kernel alone.
 *
 *   clang --target=wasm32-wasi -mexec-model=reactor -O2 plugin.c -o plugin.wasm
 *   wasm2obj plugin.wasm -o plugin.so
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(name)))
#define IMPORT(name) __attribute__((import_module("extism:host/env"), import_name(name)))
#define USER_IMPORT(name) __attribute__((import_module("extism:host/user"), import_name(name)))

/* An offset in the memory of the kernel; 0 is none. */
typedef uint64_t offset_t;

IMPORT("alloc") offset_t kernel_alloc(uint64_t size);
IMPORT("free") void kernel_free(offset_t offset);
IMPORT("length") uint64_t kernel_length(offset_t offset);
IMPORT("load_u8") uint32_t kernel_load_u8(offset_t offset);
IMPORT("store_u8") void kernel_store_u8(offset_t offset, uint32_t byte);
IMPORT("store_u64") void kernel_store_u64(offset_t offset, uint64_t bytes);
IMPORT("input_length") uint64_t input_length(void);
IMPORT("input_offset") offset_t input_offset(void);
IMPORT("input_load_u8") uint32_t input_load_u8(uint64_t at);
IMPORT("output_set") void output_set(offset_t offset, uint64_t size);
IMPORT("error_set") void error_set(offset_t offset);
IMPORT("config_get") offset_t config_get(offset_t name);
IMPORT("var_get") offset_t var_get(offset_t name);
IMPORT("var_set") void var_set(offset_t name, offset_t value);
IMPORT("http_request") offset_t http_request(offset_t request, offset_t body);
IMPORT("http_status_code") int32_t http_status_code(void);
IMPORT("log_info") void log_info(offset_t text);
USER_IMPORT("reverse") offset_t user_reverse(offset_t text);

/* Returns a new block with these bytes. */
static offset_t block_of(const char* text, size_t size) {
  offset_t block = kernel_alloc(size);
  for (size_t at = 0; at < size; ++at) kernel_store_u8(block + at, (uint8_t)text[at]);
  return block;
}
static offset_t block_of_string(const char* text) { return block_of(text, strlen(text)); }

static void output_block(offset_t block) { output_set(block, kernel_length(block)); }

/* Writes a number in decimal digits. */
static offset_t block_of_number(uint64_t number) {
  char digits[20];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + number % 10);
  while ((number /= 10) != 0);
  return block_of(digits + at, sizeof digits - at);
}

static uint64_t number_of_block(offset_t block) {
  uint64_t number = 0;
  for (uint64_t at = 0; at < kernel_length(block); ++at) {
    number = number * 10 + (kernel_load_u8(block + at) - '0');
  }
  return number;
}

/* Counts the letters of the input that are in the configured `vowels`, and all of all calls. */
EXPORT("count_vowels") int32_t count_vowels(void) {
  offset_t vowels = config_get(block_of_string("vowels"));
  uint64_t count = 0;
  for (uint64_t at = 0; at < input_length(); ++at) {
    for (uint64_t vowel = 0; vowel < kernel_length(vowels); ++vowel) {
      count += input_load_u8(at) == kernel_load_u8(vowels + vowel);
    }
  }
  uint64_t total = count + number_of_block(var_get(block_of_string("total")));
  var_set(block_of_string("total"), block_of_number(total));
  log_info(block_of_string("counted"));
  char text[64] = "count ";
  offset_t parts[] = {block_of_number(count), block_of_string(" total "), block_of_number(total)};
  size_t size = strlen(text);
  for (int part = 0; part < 3; ++part) {
    for (uint64_t at = 0; at < kernel_length(parts[part]); ++at) {
      text[size++] = (char)kernel_load_u8(parts[part] + at);
    }
  }
  output_block(block_of(text, size));
  return 0;
}

/* Requests {"url": INPUT} and returns the response. */
EXPORT("fetch") int32_t fetch(void) {
  char request[256] = "{\"url\": \"";
  size_t size = strlen(request);
  for (uint64_t at = 0; at < input_length() && size < 250; ++at) {
    request[size++] = (char)input_load_u8(at);
  }
  request[size++] = '"';
  request[size++] = '}';
  offset_t response = http_request(block_of(request, size), 0);
  if (http_status_code() != 200) {
    error_set(block_of_string("the server has no such page"));
    return 1;
  }
  output_block(response);
  return 0;
}

EXPORT("reverse") int32_t reverse(void) {
  output_block(user_reverse(input_offset()));
  return 0;
}

/* Fails in different ways. */
EXPORT("fail") int32_t fail(void) {
  error_set(block_of_string("this always fails"));
  return 1;
}
EXPORT("status") int32_t status(void) { return 7; }
EXPORT("trap") void trap(void) { abort(); }
EXPORT("spin") void spin(void) {
  for (volatile int count = 0;; ++count) {
  }
}
/* Writes behind a block. */
EXPORT("overflow") void overflow(void) {
  offset_t block = kernel_alloc(8);
  kernel_alloc(8);
  kernel_store_u64(block + 1, 0);
}
/* Takes memory of the kernel, then its own, and returns how many MiB of each there are. */
EXPORT("hoard") void hoard(void) {
  uint64_t blocks = 0, own = 0;
  offset_t last = 0;
  for (offset_t block; (block = kernel_alloc(1 << 20)) != 0; ++blocks) last = block;
  while (__builtin_wasm_memory_grow(0, 16) != (size_t)-1) ++own;
  kernel_free(last);
  output_block(block_of_number(blocks * 100 + own));
}
