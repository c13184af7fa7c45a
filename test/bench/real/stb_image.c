// stb_image and its family: a picture is written as JPEG and PNG, read, and resized.
#define STB_IMAGE_IMPLEMENTATION
#define STBI_NO_SIMD
#define STBI_NO_STDIO
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include <stb_image.h>
#include <stb_image_resize.h>
#include <stb_image_write.h>

#include "input.h"

enum { kWidth = 512, kHeight = 384 };

typedef struct {
  uint8_t bytes[2 << 20];
  int size;
} File;

static void append(void* context, void* data, int size) {
  File* file = context;
  inputCheck(file->size + size <= (int)sizeof file->bytes, "file size");
  memcpy(file->bytes + file->size, data, size);
  file->size += size;
}

static File jpeg, png;

int main(void) {
  uint8_t* picture = inputPicture(kWidth, kHeight, 3);
  uint8_t* small = benchAllocate(300 * 200 * 3);
  int width, height, channels;
  benchBegin();
  inputCheck(stbi_write_jpg_to_func(append, &jpeg, kWidth, kHeight, 3, picture, 85), "write JPEG");
  inputCheck(stbi_write_png_to_func(append, &png, kWidth, kHeight, 3, picture, 0), "write PNG");
  for (int times = 0; times < 16; ++times) {
    const File* file = times % 2 ? &jpeg : &png;
    uint8_t* read = stbi_load_from_memory(file->bytes, file->size, &width, &height, &channels, 3);
    inputCheck(read != NULL && width == kWidth && height == kHeight, "read");
    stbir_resize_uint8(read, width, height, 0, small, 300, 200, 0, 3);
    if (times < 2) printf("%d %08x\n", file->size, inputHash(read, kWidth * kHeight * 3));
    stbi_image_free(read);
  }
  benchEnd();
}
