// @echogarden/pffft-wasm: Fourier transforms of several lengths.
#include "module.h"

FROM_MODULE("e") void callConstructors(void);
FROM_MODULE("f") void* allocateAligned(uint32_t size);
FROM_MODULE("k") void* newSetup(int32_t length, int32_t isComplex);
FROM_MODULE("p")
void transformOrdered(void* setup, const float* in, float* out, float* work, int32_t direction);

enum { LONGEST = 11520, ROUNDS = 60 };

uint64_t run(void) {
  uint64_t hash = HASH_START;
  callConstructors();
  float* in = allocateAligned(2 * LONGEST * 4);
  float* out = allocateAligned(2 * LONGEST * 4);
  float* work = allocateAligned(2 * LONGEST * 4);
  for (int32_t length = 1440; length <= LONGEST; length += length) {
    for (int32_t isComplex = 0; isComplex < 2; isComplex++) {
      void* setup = newSetup(length, isComplex);
      fillFloats(in, 2 * LONGEST, (uint32_t)length);
      for (uint32_t round = 0; round < ROUNDS; round++) {
        transformOrdered(setup, in, out, work, 0);
        transformOrdered(setup, out, in, work, 1);
        for (int32_t i = 0; i < length; i++) in[i] *= 1.0f / (float)length;
      }
      hash = hashed(hash, out, (uint32_t)length * 4);
    }
  }
  return hash;
}
