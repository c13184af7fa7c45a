// xxHash: all four functions over large and small input.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "input.h"

enum { kSize = 1 << 20 };

int main(void) {
  uint8_t* noise = inputNoise(kSize, 8);
  uint64_t sum = 0;
  benchBegin();
  for (int times = 0; times < 60; ++times) {
    sum += XXH32(noise, kSize, times);
    sum += XXH64(noise, kSize, times);
    sum += XXH3_64bits_withSeed(noise, kSize, times);
    sum += XXH3_128bits_withSeed(noise, kSize, times).high64;
  }
  for (unsigned i = 0; i < 4000000; ++i) sum += XXH3_64bits(noise + i % 4096, i % 48);
  benchEnd();
  printf("%016llx\n", (unsigned long long)sum);
}
