// @jsquash/resize: scales a picture by a filter.
#include "wasm_bindgen.h"

FROM_MODULE("resize")
void resize(Slice* result, const void* pixels, uint32_t size, uint32_t width, uint32_t height,
            uint32_t newWidth, uint32_t newHeight, uint32_t filter, uint32_t isPremultiplied,
            uint32_t isLinear);

enum { WIDTH = 256, HEIGHT = 192, FILTERS = 4, SIZE = WIDTH * HEIGHT * 4 };

uint64_t run(void) {
  uint64_t hash = HASH_START;
  for (uint32_t filter = 0; filter < FILTERS; filter++) {
    Slice* result = addToStackPointer(-16);
    uint8_t* pixels = bindgenAllocate(SIZE, 1);
    fillPicture(pixels, WIDTH, HEIGHT);
    resize(result, pixels, SIZE, WIDTH, HEIGHT, 320, 150, filter, 1, filter & 1);
    hash = hashed(hash, result->data, result->length);
    bindgenFree(result->data, result->length, 1);
    addToStackPointer(16);
  }
  return hash;
}
