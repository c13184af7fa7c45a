// @jsquash/resize: scales pixel art by hqx.
#include "wasm_bindgen.h"

FROM_MODULE("resize")
void resize(Slice* result, const void* pixels, uint32_t length, uint32_t width, uint32_t height,
            uint32_t factor);

enum { WIDTH = 320, HEIGHT = 240, LENGTH = WIDTH * HEIGHT };

uint64_t run(void) {
  uint64_t hash = HASH_START;
  for (uint32_t factor = 2; factor <= 4; factor++) {
    Slice* result = addToStackPointer(-16);
    uint8_t* pixels = bindgenAllocate(LENGTH * 4, 4);
    fillPicture(pixels, WIDTH, HEIGHT);
    resize(result, pixels, LENGTH, WIDTH, HEIGHT, factor);
    hash = hashed(hash, result->data, result->length * 4);
    bindgenFree(result->data, result->length * 4, 4);
    addToStackPointer(16);
  }
  return hash;
}
