// liblzma: text at preset 3 into .xz, and back.
#include <lzma.h>

#include "input.h"

enum { kSize = 1 << 19 };

int main(void) {
  uint8_t* text = (uint8_t*)inputText(kSize, 6);
  size_t bound = lzma_stream_buffer_bound(kSize);
  uint8_t* packed = benchAllocate(bound);
  uint8_t* unpacked = benchAllocate(kSize);
  size_t packedSize = 0;
  benchBegin();
  int ok =
      lzma_easy_buffer_encode(3, LZMA_CHECK_CRC64, NULL, text, kSize, packed, &packedSize, bound);
  inputCheck(ok == LZMA_OK, "encode");
  for (int times = 0; times < 3; ++times) {
    size_t in = 0, out = 0;
    uint64_t limit = UINT64_MAX;
    ok = lzma_stream_buffer_decode(&limit, 0, NULL, packed, &in, packedSize, unpacked, &out, kSize);
    inputCheck(ok == LZMA_OK && out == kSize, "decode");
  }
  benchEnd();
  inputCheck(memcmp(text, unpacked, kSize) == 0, "round trip");
  printf("%zu %08x\n", packedSize, inputHash(packed, packedSize));
}
