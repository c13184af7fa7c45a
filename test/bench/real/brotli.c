// Brotli: text at qualities 2, 5 and 9, and back.
#include <brotli/decode.h>
#include <brotli/encode.h>

#include "input.h"

enum { kSize = 1 << 20 };

int main(void) {
  char* text = inputText(kSize, 5);
  size_t bound = BrotliEncoderMaxCompressedSize(kSize);
  uint8_t* packed = benchAllocate(bound);
  uint8_t* unpacked = benchAllocate(kSize);
  static const int kQualities[] = {2, 5, 9};
  benchBegin();
  for (int i = 0; i < 3; ++i) {
    size_t packedSize = bound, unpackedSize = kSize;
    int ok = BrotliEncoderCompress(kQualities[i], 22, BROTLI_MODE_TEXT, kSize, (uint8_t*)text,
                                   &packedSize, packed);
    inputCheck(ok, "compress");
    for (int times = 0; times < 5; ++times) {
      ok = BrotliDecoderDecompress(packedSize, packed, &unpackedSize, unpacked);
      inputCheck(ok == BROTLI_DECODER_RESULT_SUCCESS, "decompress");
    }
    inputCheck(memcmp(text, unpacked, kSize) == 0, "round trip");
  }
  benchEnd();
  printf("%08x\n", inputHash(unpacked, kSize));
}
