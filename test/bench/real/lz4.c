// LZ4: text through the fast and the high compressor, and back.
#include "lz4.h"

#include "input.h"
#include "lz4hc.h"

enum { kSize = 4 << 20 };

static char *text, *packed, *unpacked;
static int bound;

static void decompress(int packedSize, int size) {
  for (int times = 0; times < 5; ++times)
    inputCheck(LZ4_decompress_safe(packed, unpacked, packedSize, kSize) == size, "decompress");
  inputCheck(memcmp(text, unpacked, size) == 0, "round trip");
}

int main(void) {
  text = inputText(kSize, 2);
  bound = LZ4_compressBound(kSize);
  packed = benchAllocate(bound);
  unpacked = benchAllocate(kSize);
  benchBegin();
  for (int times = 0; times < 5; ++times)
    decompress(LZ4_compress_default(text, packed, kSize, bound), kSize);
  decompress(LZ4_compress_HC(text, packed, kSize / 4, bound, 6), kSize / 4);
  benchEnd();
  // What comes out packed depends on the size of a pointer.
  printf("%08x\n", inputHash(unpacked, kSize));
}
