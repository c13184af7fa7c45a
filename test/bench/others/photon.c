// @silvia-odwyer/photon: effects on a picture.
#include "module.h"

// Of an old wasm-bindgen, whose functions know no alignment.
FROM_MODULE("__wbindgen_malloc") void* allocate(uint32_t size);
FROM_MODULE("__wbindgen_add_to_stack_pointer") void* addToStackPointer(int32_t bytes);

typedef struct Slice {
  void* data;
  uint32_t length;
} Slice;

FROM_MODULE("photonimage_new")
void* newImage(const void* pixels, uint32_t size, uint32_t width, uint32_t height);
FROM_MODULE("photonimage_get_raw_pixels") void getPixels(Slice* result, void* image);
FROM_MODULE("gaussian_blur") void gaussianBlur(void* image, int32_t radius);
FROM_MODULE("sharpen") void sharpen(void* image);
FROM_MODULE("emboss") void emboss(void* image);
FROM_MODULE("hue_rotate_hsl") void hueRotate(void* image, float degrees);
FROM_MODULE("saturate_lch") void saturate(void* image, float level);
FROM_MODULE("solarize") void solarize(void* image);

enum { WIDTH = 320, HEIGHT = 240, SIZE = WIDTH * HEIGHT * 4 };

uint64_t run(void) {
  uint8_t* pixels = allocate(SIZE);
  fillPicture(pixels, WIDTH, HEIGHT);
  void* image = newImage(pixels, SIZE, WIDTH, HEIGHT);
  gaussianBlur(image, 3);
  sharpen(image);
  hueRotate(image, 40.0f);
  saturate(image, 0.2f);
  emboss(image);
  solarize(image);
  Slice* result = addToStackPointer(-16);
  getPixels(result, image);
  return hashed(HASH_START, result->data, result->length);
}
