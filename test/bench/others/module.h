// For drivers: C functions in the memory of a module of others, which call what it exports. They
// have neither data nor a stack in memory, for all of that is the module's.
#ifndef OTHERS_MODULE_H
#define OTHERS_MODULE_H
#include <stdint.h>

#define FROM_MODULE(name) __attribute__((import_module("module"), import_name(name)))
#define EXPORTED(name) __attribute__((export_name(name)))

// The input of the row, and what its `globals` are.
#define FROM_INPUT(name) __attribute__((import_module("input"), import_name(name)))
FROM_INPUT("size") uint32_t inputSize(void);
FROM_INPUT("copy") void copyInput(void* to, uint32_t from, uint32_t size);

#define HASH_START 0xcbf29ce484222325ULL

// FNV-1a by words; `size` is a multiple of 8, or the last bytes are left out.
static inline uint64_t hashed(uint64_t hash, const void* data, uint32_t size) {
  const uint64_t* words = data;
  for (uint32_t i = 0; i < size / 8; i++) hash = (hash ^ words[i]) * 0x100000001b3ULL;
  return hash ^ hash >> 32;
}

static inline uint32_t nextRandom(uint32_t* state) {
  *state = *state * 1664525 + 1013904223;
  return *state >> 8;
}

static inline void fillRandom(void* data, uint32_t size, uint32_t seed) {
  uint8_t* bytes = data;
  for (uint32_t i = 0; i < size; i++) bytes[i] = (uint8_t)(nextRandom(&seed) >> 8);
}

static inline void fillFloats(float* numbers, uint32_t count, uint32_t seed) {
  for (uint32_t i = 0; i < count; i++)
    numbers[i] = (float)(nextRandom(&seed) & 0xffff) * (1.0f / 65536) - 0.5f;
}

// A picture, RGBA: gradients, circles and some noise.
static inline void fillPicture(uint8_t* pixels, uint32_t width, uint32_t height) {
  uint32_t seed = 1;
  for (uint32_t y = 0; y < height; y++) {
    for (uint32_t x = 0; x < width; x++, pixels += 4) {
      uint32_t dx = x % 64 - 32, dy = y % 64 - 32;
      uint32_t disc = dx * dx + dy * dy < 500 ? 100 : 0;
      pixels[0] = (uint8_t)(x * 255 / width);
      pixels[1] = (uint8_t)(y * 155 / height + disc);
      pixels[2] = (uint8_t)(disc + (nextRandom(&seed) & 7));
      pixels[3] = 255;
    }
  }
}
#endif
