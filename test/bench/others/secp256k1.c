// tiny-secp256k1: points of scalars, signatures and their verification.
#include "module.h"

FROM_MODULE("initializeContext") void initialize(void);
FROM_MODULE("pointFromScalar") int32_t pointFromScalar(uint32_t size);
FROM_MODULE("sign") void sign(int32_t hasExtraData);
FROM_MODULE("verify") int32_t verify(uint32_t keySize, int32_t isStrict);

FROM_INPUT("PRIVATE_INPUT") uint8_t* privateInput(void);
FROM_INPUT("HASH_INPUT") uint8_t* hashInput(void);
FROM_INPUT("SIGNATURE_INPUT") uint8_t* signatureInput(void);

enum { KEY_SIZE = 33, SIGNATURE_SIZE = 64, ROUNDS = 50 };

uint64_t run(void) {
  uint64_t hash = HASH_START;
  initialize();
  for (uint32_t i = 0; i < ROUNDS; i++) {
    fillRandom(privateInput(), 32, i);
    fillRandom(hashInput(), 32, ~i);
    hash += (uint32_t)pointFromScalar(KEY_SIZE);
    sign(0);
    hash += (uint32_t)verify(KEY_SIZE, 0);
    hash = hashed(hash, signatureInput(), SIGNATURE_SIZE);
  }
  return hash;
}
