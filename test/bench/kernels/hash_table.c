// Counts keys in a table with open addressing and linear probing.
#include "bench.h"
#ifndef N
#define N 6000000
#endif
#ifndef BITS
#define BITS 18
#endif

typedef struct {
  uint64_t key;  // 0 where there is none
  unsigned count;
} Slot;

static unsigned hash(uint64_t key) {
  return (unsigned)((key * 0x9e3779b97f4a7c15u) >> (64 - BITS));
}

static unsigned* find(Slot* table, uint64_t key) {
  unsigned at = hash(key);
  while (table[at].key != 0 && table[at].key != key) at = (at + 1) & ((1u << BITS) - 1);
  table[at].key = key;
  return &table[at].count;
}

BENCH_COMPUTATION unsigned countKeys(Slot* table, unsigned n) {
  unsigned twice = 0;
  uint64_t state = 88172645463325252u;
  for (unsigned i = 0; i < n; ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    // The lesser of two small numbers: some keys are much more frequent than others.
    unsigned first = (unsigned)(state & 0x1ffff), second = (unsigned)(state >> 20 & 0x1ffff);
    twice += ++*find(table, 1 + (first < second ? first : second)) == 2;
  }
  return twice;
}

int main(void) {
  Slot* table = calloc((size_t)1 << BITS, sizeof(Slot));
  benchBegin();
  unsigned twice = countKeys(table, N);
  benchEnd();
  unsigned sum = 0;
  for (unsigned i = 0; i < 1u << BITS; ++i) sum += table[i].count * (i % 7 + 1);
  printf("%u %u\n", twice, sum);
}
