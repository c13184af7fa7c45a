// libpng with zlib: a picture with all row filters into a PNG in memory, and back.
#include <png.h>

#include "input.h"

enum { kWidth = 640, kHeight = 480, kRow = kWidth * 3 };

int main(void) {
  uint8_t* picture = inputPicture(kWidth, kHeight, 3);
  uint8_t* unpacked = benchAllocate(kHeight * kRow);
  png_image image = {
      .version = PNG_IMAGE_VERSION, .width = kWidth, .height = kHeight, .format = PNG_FORMAT_RGB};
  png_alloc_size_t size = 4 << 20;
  uint8_t* packed = benchAllocate(size);
  benchBegin();
  inputCheck(png_image_write_to_memory(&image, packed, &size, 0, picture, kRow, NULL), "write");
  for (int times = 0; times < 5; ++times) {
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    inputCheck(png_image_begin_read_from_memory(&image, packed, size), "header");
    inputCheck(png_image_finish_read(&image, NULL, unpacked, kRow, NULL), "read");
  }
  benchEnd();
  inputCheck(memcmp(picture, unpacked, kHeight * kRow) == 0, "round trip");
  printf("%zu %08x\n", (size_t)size, inputHash(packed, size));
}
