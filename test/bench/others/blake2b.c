// blake2b-wasm: BLAKE2b, written in WebAssembly by hand. Its memory is all the caller's.
#include "module.h"

FROM_MODULE("blake2b_init") void start(void* context, uint32_t hashSize);
FROM_MODULE("blake2b_update") void update(void* context, const void* from, const void* to);
FROM_MODULE("blake2b_final") void finish(void* context);

enum { CONTEXT = 64, DATA = 4096, SIZE = 32768, ROUNDS = 150, HASH_SIZE = 32, HASH_PLACE = 128 };

uint64_t run(void) {
  uint8_t* context = (uint8_t*)CONTEXT;
  uint8_t* data = (uint8_t*)DATA;
  uint8_t* parameters = (uint8_t*)0;
  __asm__("" : "+r"(parameters));  // which begin at address 0: not the null of C
  parameters[0] = HASH_SIZE;
  parameters[2] = parameters[3] = 1;
  fillRandom(data, SIZE, 1);
  start(context, HASH_SIZE);
  for (uint32_t round = 0; round < ROUNDS; round++) update(context, data, data + SIZE);
  finish(context);
  return hashed(HASH_START, context + HASH_PLACE, HASH_SIZE);
}
