// argon2-browser: Argon2id of 4 MiB.
#include "module.h"

FROM_MODULE("d") void callConstructors(void);
FROM_MODULE("f") void* allocate(uint32_t size);
FROM_MODULE("l")
int32_t argon2(uint32_t passes, uint32_t kib, uint32_t lanes, const void* password,
               uint32_t passwordSize, const void* salt, uint32_t saltSize, void* hash,
               uint32_t hashSize, char* encoded, uint32_t encodedSize, int32_t type,
               const void* secret, uint32_t secretSize, const void* data, uint32_t dataSize,
               int32_t version);

enum { SIZE = 32, ARGON2_ID = 2, VERSION = 0x13 };

uint64_t run(void) {
  callConstructors();
  uint8_t* password = allocate(SIZE);
  uint8_t* salt = allocate(SIZE);
  uint8_t* out = allocate(SIZE);
  fillRandom(password, SIZE, 1);
  fillRandom(salt, SIZE, 2);
  int32_t status = argon2(12, 4096, 1, password, SIZE, salt, SIZE, out, SIZE, 0, 0, ARGON2_ID, 0, 0,
                          0, 0, VERSION);
  return hashed(HASH_START + (uint32_t)status, out, SIZE);
}
