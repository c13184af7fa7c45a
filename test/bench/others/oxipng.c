// @jsquash/oxipng: makes a small PNG of pixels.
#include "wasm_bindgen.h"

FROM_MODULE("optimise_raw")
void optimizeRaw(Slice* result, const void* pixels, uint32_t size, uint32_t width, uint32_t height,
                 uint32_t level, uint32_t isInterlaced, uint32_t optimizesAlpha);

enum { WIDTH = 192, HEIGHT = 128, SIZE = WIDTH * HEIGHT * 4 };

uint64_t run(void) {
  Slice* result = addToStackPointer(-16);
  uint8_t* pixels = bindgenAllocate(SIZE, 1);
  fillPicture(pixels, WIDTH, HEIGHT);
  optimizeRaw(result, pixels, SIZE, WIDTH, HEIGHT, 2, 0, 1);
  return hashed(HASH_START + result->length, result->data, result->length);
}
