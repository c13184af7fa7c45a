// The mean of nine neighbors in place (Gauss-Seidel), where each needs the one before.
#include "bench.h"
#ifndef N
#define N 400
#endif
#ifndef STEPS
#define STEPS 60
#endif

typedef double Row[N];

BENCH_COMPUTATION void seidel(int steps, Row* a) {
  for (int t = 0; t < steps; ++t)
    for (int i = 1; i < N - 1; ++i)
      for (int j = 1; j < N - 1; ++j)
        a[i][j] = (a[i - 1][j - 1] + a[i - 1][j] + a[i - 1][j + 1] + a[i][j - 1] + a[i][j] +
                   a[i][j + 1] + a[i + 1][j - 1] + a[i + 1][j] + a[i + 1][j + 1]) /
                  9;
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  benchBegin();
  seidel(STEPS, a);
  benchEnd();
  benchResult(benchSum(a[0], N * N));
}
