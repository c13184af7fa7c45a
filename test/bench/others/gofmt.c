// @wasm-fmt/gofmt: formats Go.
#include "module.h"

FROM_MODULE("alloc") char* allocate(uint32_t size);
FROM_MODULE("dispose") void dispose(void);
FROM_MODULE("format") int32_t format(void);
FROM_MODULE("output_ptr") const char* outputPlace(void);
FROM_MODULE("output_len") uint32_t outputSize(void);

enum { ROUNDS = 3, CHANGED = 1 };

uint64_t run(void) {
  uint64_t hash = HASH_START;
  for (uint32_t round = 0; round < ROUNDS; round++) {
    char* text = allocate(inputSize());
    copyInput(text, 0, inputSize());
    // Else there would be nothing to do.
    for (uint32_t i = 1; i < inputSize(); i++)
      if (text[i] == '\t' && text[i - 1] == '\n') text[i] = ' ';
    if (format() == CHANGED) hash = hashed(hash, outputPlace(), outputSize());
    dispose();
  }
  return hash;
}
