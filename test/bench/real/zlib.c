// zlib: text at levels 1, 6 and 9, and back.
#include <zlib.h>

#include "input.h"

enum { kSize = 1 << 20 };

int main(void) {
  char* text = inputText(kSize, 4);
  uLong bound = compressBound(kSize);
  Bytef* packed = benchAllocate(bound);
  Bytef* unpacked = benchAllocate(kSize);
  static const int kLevels[] = {1, 6, 9};
  benchBegin();
  for (int i = 0; i < 3; ++i) {
    uLongf packedSize = bound, unpackedSize = kSize;
    int ok = compress2(packed, &packedSize, (const Bytef*)text, kSize, kLevels[i]);
    inputCheck(ok == Z_OK, "compress");
    for (int times = 0; times < 5; ++times) {
      ok = uncompress(unpacked, &unpackedSize, packed, packedSize);
      inputCheck(ok == Z_OK, "uncompress");
    }
    inputCheck(memcmp(text, unpacked, kSize) == 0, "round trip");
    printf("%d %lu %08x\n", kLevels[i], packedSize, inputHash(packed, packedSize));
  }
  benchEnd();
}
