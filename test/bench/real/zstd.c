// Zstandard: text through a fast, the default and a slow level, and back.
#include <zstd.h>

#include "input.h"

enum { kSize = 2 << 20 };

int main(void) {
  char* text = inputText(kSize, 1);
  size_t bound = ZSTD_compressBound(kSize);
  char* packed = benchAllocate(bound);
  char* unpacked = benchAllocate(kSize);
  static const int kLevels[] = {1, 3, 9};
  benchBegin();
  for (int i = 0; i < 3; ++i) {
    size_t size = ZSTD_compress(packed, bound, text, kSize, kLevels[i]);
    inputCheck(!ZSTD_isError(size), "compress");
    for (int times = 0; times < 4; ++times)
      inputCheck(ZSTD_decompress(unpacked, kSize, packed, size) == kSize, "decompress");
    inputCheck(memcmp(text, unpacked, kSize) == 0, "round trip");
    printf("%d %zu\n", kLevels[i], size);
  }
  benchEnd();
}
