// y := alpha A x + beta B x.
#include "bench.h"
#ifndef N
#define N 1000
#endif
#ifndef ROUNDS
#define ROUNDS 60
#endif

typedef double Row[N];

BENCH_COMPUTATION void gesummv(double alpha, double beta, const Row* a, const Row* b,
                               const double* x, double* y) {
  for (int i = 0; i < N; ++i) {
    double left = 0, right = 0;
    for (int j = 0; j < N; ++j) {
      left += a[i][j] * x[j];
      right += b[i][j] * x[j];
    }
    y[i] = alpha * left + beta * right;
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  Row* b = benchFilled(N * N, 2);
  double* x = benchFilled(N, 3);
  double* y = benchFilled(N, 4);
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round)
    gesummv(1.0 / N, 0.5 / N, a, b, round % 2 ? y : x, round % 2 ? x : y);
  benchEnd();
  benchResult(benchSum(x, N) + benchSum(y, N));
}
