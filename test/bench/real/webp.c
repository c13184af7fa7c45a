// libwebp, the portable code: a picture with loss and without, and back.
#include <webp/decode.h>
#include <webp/encode.h>

#include "input.h"

enum { kWidth = 384, kHeight = 256, kRow = kWidth * 3 };

static void roundTrip(const uint8_t* picture, uint8_t* unpacked, float quality) {
  uint8_t* packed;
  size_t size = quality > 0 ? WebPEncodeRGB(picture, kWidth, kHeight, kRow, quality, &packed)
                            : WebPEncodeLosslessRGB(picture, kWidth, kHeight, kRow, &packed);
  inputCheck(size != 0, "encode");
  for (int times = 0; times < 6; ++times)
    inputCheck(WebPDecodeRGBInto(packed, size, unpacked, kHeight * kRow, kRow) != NULL, "decode");
  printf("%zu %08x\n", size, inputHash(unpacked, kHeight * kRow));
  WebPFree(packed);
}

int main(void) {
  uint8_t* picture = inputPicture(kWidth, kHeight, 3);
  uint8_t* unpacked = benchAllocate(kHeight * kRow);
  benchBegin();
  roundTrip(picture, unpacked, 80);
  roundTrip(picture, unpacked, 0);
  benchEnd();
}
