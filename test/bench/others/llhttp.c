// llhttp of undici: parses requests and their headers, which it tells by callbacks.
#include "module.h"

FROM_MODULE("llhttp_alloc") void* allocateParser(uint32_t type);
FROM_MODULE("llhttp_execute") int32_t execute(void* parser, const char* text, uint32_t size);
FROM_MODULE("malloc") void* allocate(uint32_t size);

enum { ROUNDS = 100000, BOTH_TYPES = 0 };

// Callbacks of data; their sum is where the module has nothing.
EXPORTED("data") int32_t data(void* parser, uint32_t at, uint32_t size) {
  (void)parser;
  uint64_t* sum = (uint64_t*)16;
  *sum = *sum * 31 + (at & 0xfff) + size;
  return 0;
}

uint64_t run(void) {
  void* parser = allocateParser(BOTH_TYPES);
  char* text = allocate(inputSize());
  copyInput(text, 0, inputSize());
  for (uint32_t i = 0; i < ROUNDS; i++) {
    int32_t error = execute(parser, text, inputSize());
    if (error) return (uint32_t)error;
  }
  return *(uint64_t*)16;
}
