// bzip2: text there and back.
#include "bzlib.h"
#include "input.h"

enum { kSize = 1 << 20 };

// With BZ_NO_STDIO the library leaves this to its user.
void bz_internal_error(int code) {
  fprintf(stderr, "bzip2: error %d\n", code);
  exit(3);
}

int main(void) {
  char* text = inputText(kSize, 3);
  unsigned packedSize = kSize, unpackedSize = kSize;
  char* packed = benchAllocate(kSize);
  char* unpacked = benchAllocate(kSize);
  benchBegin();
  int ok = BZ2_bzBuffToBuffCompress(packed, &packedSize, text, kSize, 9, 0, 0);
  inputCheck(ok == BZ_OK, "compress");
  ok = BZ2_bzBuffToBuffDecompress(unpacked, &unpackedSize, packed, packedSize, 0, 0);
  benchEnd();
  inputCheck(ok == BZ_OK && memcmp(text, unpacked, kSize) == 0, "round trip");
  printf("%u %08x\n", packedSize, inputHash(packed, packedSize));
}
