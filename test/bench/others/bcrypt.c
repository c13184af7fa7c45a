// hash-wasm: bcrypt. The buffer has the salt of 16 bytes and the password.
#include "module.h"

FROM_MODULE("Hash_GetBuffer") uint8_t* buffer(void);
FROM_MODULE("bcrypt") void bcrypt(uint32_t passwordSize, uint32_t cost, uint32_t isEncoded);

uint64_t run(void) {
  uint64_t hash = HASH_START;
  for (uint32_t cost = 4; cost <= 8; cost++) {
    fillRandom(buffer(), 16 + 24, cost);
    bcrypt(24, cost, 0);
    hash = hashed(hash, buffer(), 24);
  }
  return hash;
}
