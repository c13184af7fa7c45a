// In how many ways N queens can stand on a board without attacking each other: columns and
// diagonals as bits.
#include "bench.h"
#ifndef N
#define N 14
#endif

static unsigned place(unsigned all, unsigned columns, unsigned left, unsigned right) {
  if (columns == all) return 1;
  unsigned ways = 0;
  for (unsigned free = all & ~(columns | left | right); free != 0; free &= free - 1) {
    unsigned queen = free & -free;
    ways += place(all, columns | queen, (left | queen) << 1, (right | queen) >> 1);
  }
  return ways;
}

BENCH_COMPUTATION unsigned queens(int n) { return place((1u << n) - 1, 0, 0, 0); }

int main(void) {
  benchBegin();
  unsigned ways = queens(N);
  benchEnd();
  printf("%u\n", ways);
}
