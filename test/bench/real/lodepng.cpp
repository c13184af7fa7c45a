// LodePNG: a picture into a PNG and back, with its own deflate.
#include <lodepng.h>

#include "input.h"

int main() {
  const unsigned width = 512, height = 384;
  uint8_t* picture = inputPicture(width, height, 4);
  unsigned char *packed = nullptr, *unpacked = nullptr;
  size_t size = 0;
  unsigned w = 0, h = 0;
  benchBegin();
  inputCheck(lodepng_encode32(&packed, &size, picture, width, height) == 0, "encode");
  for (int times = 0; times < 10; ++times) {
    free(unpacked);
    inputCheck(lodepng_decode32(&unpacked, &w, &h, packed, size) == 0, "decode");
  }
  benchEnd();
  inputCheck(memcmp(picture, unpacked, size_t{width} * height * 4) == 0, "round trip");
  printf("%zu %08x\n", size, inputHash(packed, size));
}
