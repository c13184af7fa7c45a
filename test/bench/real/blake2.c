// libb2: BLAKE2b and BLAKE2s, the portable code.
#include "blake2.h"

#include "input.h"

enum { kSize = 1 << 20 };

int main(void) {
  uint8_t* noise = inputNoise(kSize, 9);
  uint8_t hash[64] = {0};
  benchBegin();
  for (int times = 0; times < 60; ++times) {
    noise[times] ^= hash[times];
    blake2b(hash, noise, NULL, 64, kSize, 0);
    blake2s(hash, noise, hash, 32, kSize, 32);
  }
  benchEnd();
  printf("%08x\n", inputHash(hash, sizeof hash));
}
