// The transpose of a matrix of integers, by blocks that fit into the cache.
#include "bench.h"
#ifndef N
#define N 1536
#endif
#ifndef ROUNDS
#define ROUNDS 16
#endif
#define BLOCK 16

BENCH_COMPUTATION void transpose(int n, const int* from, int* to) {
  for (int rows = 0; rows < n; rows += BLOCK)
    for (int columns = 0; columns < n; columns += BLOCK)
      for (int i = rows; i < rows + BLOCK; ++i)
        for (int j = columns; j < columns + BLOCK; ++j) to[j * n + i] = from[i * n + j];
}

int main(void) {
  int* a = benchAllocate(N * N * sizeof(int));
  int* b = benchAllocate(N * N * sizeof(int));
  for (int i = 0; i < N * N; ++i) a[i] = (int)(1000 * benchFraction(1, (unsigned)i));
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round) {
    transpose(N, a, b);
    a[round] += b[N + round];
    transpose(N, b, a);
  }
  benchEnd();
  long long sum = 0;
  for (int i = 0; i < N * N; ++i) sum += (long long)a[i] * (i % 7 + 1);
  printf("%lld\n", sum);
}
