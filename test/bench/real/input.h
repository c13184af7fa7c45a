// Input for the real programs: text, a picture and noise, the same bytes on every machine. Only
// integers are used, so that no rounding can differ.
#ifndef INPUT_H
#define INPUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../bench.h"

// xorshift64*: a sequence of numbers that look arbitrary. The state must not be 0.
static inline uint32_t inputNext(uint64_t* state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return (uint32_t)((*state * 2685821657736338717u) >> 32);
}

// Below `limit`; small numbers are far more frequent, as common words are in a text.
static inline uint32_t inputSkewed(uint64_t* state, uint32_t limit) {
  uint64_t a = inputNext(state) % limit, b = inputNext(state) % limit;
  return (uint32_t)(a * b / limit);
}

// A word of two to nine letters, always the same for `number`.
static inline size_t inputWord(char* word, uint32_t number) {
  static const char kSyllables[] = "taneriolesunadimoravequikbeshophgrul";
  uint64_t state = number * 2654435761u + 1u;
  size_t length = 2 + inputSkewed(&state, 8);
  for (size_t i = 0; i < length; i += 2) {
    size_t syllable = inputNext(&state) % (sizeof kSyllables / 2);
    word[i] = kSyllables[2 * syllable];
    if (i + 1 < length) word[i + 1] = kSyllables[2 * syllable + 1];
  }
  return length;
}

// Sentences and paragraphs of about the redundancy of prose; ends in a null character.
static inline char* inputText(size_t size, uint64_t seed) {
  char* text = (char*)benchAllocate(size + 16);
  uint64_t state = seed * 2 + 1;
  size_t at = 0, words = 0;
  while (at < size) {
    char* word = text + at;
    at += inputWord(word, inputSkewed(&state, 12000));
    if (words == 0) *word -= 'a' - 'A';
    if (++words > 5 && inputNext(&state) % 9 == 0) {
      text[at++] = '.';
      words = 0;
    }
    text[at++] = words == 0 && inputNext(&state) % 5 == 0 ? '\n' : ' ';
  }
  text[size] = 0;
  return text;
}

// A picture of `channels` bytes a pixel: slopes, discs with sharp edges, a little noise.
static inline uint8_t* inputPicture(int width, int height, int channels) {
  uint8_t* picture = (uint8_t*)benchAllocate((size_t)width * height * channels);
  uint8_t* pixel = picture;
  uint64_t state = 99;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      int dx = x % 96 - 48, dy = y % 96 - 48;
      int disc = dx * dx + dy * dy < 40 * 40 - x / 2 ? 90 : 0;
      for (int c = 0; c < channels; ++c) {
        int value = x * (c + 1) * 100 / width + y * (3 - c) * 50 / height + disc * (c + 1) / 2;
        *pixel++ = (uint8_t)(c == 3 ? 255 - disc : value / 2 + (int)(inputNext(&state) % 4));
      }
    }
  }
  return picture;
}

static inline uint8_t* inputNoise(size_t size, uint64_t seed) {
  uint8_t* noise = (uint8_t*)benchAllocate(size);
  uint64_t state = seed * 2 + 1;
  for (size_t i = 0; i < size; ++i) noise[i] = (uint8_t)inputNext(&state);
  return noise;
}

// FNV-1a.
static inline uint32_t inputHash(const void* data, size_t size) {
  const uint8_t* bytes = (const uint8_t*)data;
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < size; ++i) hash = (hash ^ bytes[i]) * 16777619u;
  return hash;
}

// Ends the program, which failed at `what`.
static inline void inputCheck(int holds, const char* what) {
  if (!holds) {
    fprintf(stderr, "wrong: %s\n", what);
    exit(3);
  }
}

#endif
