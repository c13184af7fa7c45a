// Bytes as base64 (RFC 4648) and back.
#include <string.h>

#include "bench.h"
#ifndef N
#define N 3000000
#endif
#ifndef ROUNDS
#define ROUNDS 8
#endif

static const char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

BENCH_COMPUTATION size_t encode(const unsigned char* bytes, size_t size, char* text) {
  char* out = text;
  for (size_t i = 0; i < size; i += 3) {
    unsigned bits = (unsigned)bytes[i] << 16 | (i + 1 < size ? bytes[i + 1] << 8 : 0) |
                    (i + 2 < size ? bytes[i + 2] : 0);
    *out++ = kDigits[bits >> 18];
    *out++ = kDigits[bits >> 12 & 63];
    *out++ = i + 1 < size ? kDigits[bits >> 6 & 63] : '=';
    *out++ = i + 2 < size ? kDigits[bits & 63] : '=';
  }
  return (size_t)(out - text);
}

// Ends at the first character that is none of the digits.
BENCH_COMPUTATION size_t decode(const char* text, size_t size, unsigned char* bytes) {
  signed char value[256];
  memset(value, -1, sizeof value);
  for (int i = 0; i < 64; ++i) value[(unsigned char)kDigits[i]] = (signed char)i;
  unsigned char* out = bytes;
  unsigned bits = 0;
  int count = 0;
  for (size_t i = 0; i < size && value[(unsigned char)text[i]] >= 0; ++i) {
    bits = bits << 6 | (unsigned)value[(unsigned char)text[i]];
    count += 6;
    if (count >= 8) {
      count -= 8;
      *out++ = (unsigned char)(bits >> count);
    }
  }
  return (size_t)(out - bytes);
}

int main(void) {
  unsigned char* bytes = benchAllocate(N);
  char* text = benchAllocate(N / 3 * 4 + 4);
  for (unsigned i = 0; i < N; ++i) bytes[i] = (unsigned char)(256 * benchFraction(1, i));
  size_t characters = 0, decoded = 0;
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round) {
    characters = encode(bytes, N - 1, text);
    decoded = decode(text, characters, bytes);
    bytes[round] ^= 1;
  }
  benchEnd();
  unsigned sum = 0;
  for (unsigned i = 0; i < N; ++i) sum += bytes[i] * (i % 7 + 1);
  printf("%u %u %u\n", (unsigned)characters, (unsigned)decoded, sum);
}
