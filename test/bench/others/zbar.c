// @undecaf/zbar-wasm: looks for barcodes in pictures that have stripes.
#include "module.h"

FROM_MODULE("h") void callConstructors(void);
FROM_MODULE("u") void* allocate(uint32_t size);
FROM_MODULE("i") void* newScanner(void);
FROM_MODULE("p")
void* newImage(uint32_t width, uint32_t height, uint32_t format, void* data, uint32_t size,
               uint32_t sequence);
FROM_MODULE("q") void deleteImage(void* image);
FROM_MODULE("o") int32_t scan(void* scanner, void* image);

enum { WIDTH = 480, HEIGHT = 320, GRAY = 0x30303859, PICTURES = 2 };

uint64_t run(void) {
  uint64_t hash = HASH_START;
  callConstructors();
  void* scanner = newScanner();
  for (uint32_t picture = 0; picture < PICTURES; picture++) {
    uint8_t* pixels = allocate(WIDTH * HEIGHT);
    uint32_t seed = picture, level = 0, left = 0;
    for (uint32_t x = 0; x < WIDTH; x++) {
      if (left-- == 0) left = 3 * (nextRandom(&seed) & 3) + 2, level = 255 - level;
      pixels[x] = (uint8_t)level;
    }
    for (uint32_t i = WIDTH; i < WIDTH * HEIGHT; i++)
      pixels[i] = (uint8_t)(pixels[i - WIDTH] ^ (nextRandom(&seed) & 15));
    void* image = newImage(WIDTH, HEIGHT, GRAY, pixels, WIDTH * HEIGHT, picture);
    hash = hash * 31 + (uint32_t)scan(scanner, image);
    deleteImage(image);
  }
  return hash;
}
