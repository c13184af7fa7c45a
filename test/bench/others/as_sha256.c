// @chainsafe/as-sha256: hash trees as Ethereum has them, four hashes at a time.
#include "module.h"

FROM_MODULE("digest64") void digest64(const void* data, void* out);
FROM_MODULE("batchHash4UintArray64s") void hashFour(void* out);

FROM_INPUT("input") uint8_t* inputPlace(void);
FROM_INPUT("output") uint8_t* outputPlace(void);

enum { ROUNDS = 12000 };

uint64_t run(void) {
  uint8_t* input = inputPlace();
  uint8_t* output = outputPlace();
  fillRandom(input, 256, 1);
  for (uint32_t i = 0; i < ROUNDS; i++) {
    hashFour(output);
    for (uint32_t j = 0; j < 32; j++) input[j * 8] ^= output[j * 4];
  }
  for (uint32_t i = 0; i < ROUNDS; i++) {
    digest64(input, output);
    for (uint32_t j = 0; j < 32; j++) input[j] ^= output[j];
  }
  return hashed(HASH_START, output, 32);
}
