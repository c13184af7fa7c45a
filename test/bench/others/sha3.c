// hash-wasm: SHA-3 of much.
#include "module.h"

FROM_MODULE("Hash_GetBuffer") uint8_t* buffer(void);
FROM_MODULE("Hash_Init") void start(uint32_t bits);
FROM_MODULE("Hash_Update") void update(uint32_t size);
FROM_MODULE("Hash_Final") void finish(uint32_t padding);

enum { PIECE = 16384, PIECES = 300 };

uint64_t run(void) {
  start(256);
  for (uint32_t i = 0; i < PIECES; i++) {
    fillRandom(buffer(), 64, i);
    update(PIECE);
  }
  finish(6);
  return hashed(HASH_START, buffer(), 32);
}
