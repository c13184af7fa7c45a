// Conway's game of life on a torus, a byte a cell.
#include "bench.h"
#ifndef N
#define N 512
#endif
#ifndef STEPS
#define STEPS 60
#endif

BENCH_COMPUTATION void step(int n, const unsigned char* from, unsigned char* to) {
  for (int row = 0; row < n; ++row) {
    const unsigned char* here = from + row * n;
    const unsigned char* above = from + (row + n - 1) % n * n;
    const unsigned char* below = from + (row + 1) % n * n;
    for (int column = 0; column < n; ++column) {
      int left = column == 0 ? n - 1 : column - 1, right = column == n - 1 ? 0 : column + 1;
      int alive = above[left] + above[column] + above[right] + here[left] + here[right] +
                  below[left] + below[column] + below[right];
      to[row * n + column] = alive == 3 || (alive == 2 && here[column]);
    }
  }
}

int main(void) {
  unsigned char* a = benchAllocate(N * N);
  unsigned char* b = benchAllocate(N * N);
  for (int i = 0; i < N * N; ++i) a[i] = benchFraction(1, (unsigned)i) < 0.3;
  benchBegin();
  for (int t = 0; t < STEPS; ++t) {
    step(N, a, b);
    step(N, b, a);
  }
  benchEnd();
  unsigned sum = 0;
  for (unsigned i = 0; i < N * N; ++i) sum += a[i] * (i % 7 + 1);
  printf("%u\n", sum);
}
