// y := A^T (A x).
#include "bench.h"
#ifndef N
#define N 1200
#endif
#ifndef ROUNDS
#define ROUNDS 30
#endif

typedef double Row[N];

BENCH_COMPUTATION void atax(const Row* a, const double* x, double* product, double* y) {
  for (int j = 0; j < N; ++j) y[j] = 0;
  for (int i = 0; i < N; ++i) {
    product[i] = 0;
    for (int j = 0; j < N; ++j) product[i] += a[i][j] * x[j];
    for (int j = 0; j < N; ++j) y[j] += a[i][j] * product[i];
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  double* x = benchFilled(N, 2);
  double* product = benchFilled(N, 3);
  double* y = benchFilled(N, 4);
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round) atax(a, x, product, y);
  benchEnd();
  benchResult(benchSum(y, N));
}
