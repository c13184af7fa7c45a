// Snappy: text there and back.
#include <snappy.h>

#include "input.h"

int main() {
  const size_t size = 4 << 20;
  char* text = inputText(size, 7);
  char* packed = static_cast<char*>(benchAllocate(snappy::MaxCompressedLength(size)));
  char* unpacked = static_cast<char*>(benchAllocate(size));
  size_t packedSize = 0;
  benchBegin();
  for (int times = 0; times < 6; ++times) {
    snappy::RawCompress(text, size, packed, &packedSize);
    for (int again = 0; again < 4; ++again)
      inputCheck(snappy::RawUncompress(packed, packedSize, unpacked), "uncompress");
  }
  benchEnd();
  inputCheck(memcmp(text, unpacked, size) == 0, "round trip");
  printf("%08x\n", inputHash(unpacked, size));
}
