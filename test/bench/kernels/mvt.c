// x1 := x1 + A y1, x2 := x2 + A^T y2.
#include "bench.h"
#ifndef N
#define N 1200
#endif
#ifndef ROUNDS
#define ROUNDS 15
#endif

typedef double Row[N];

BENCH_COMPUTATION void mvt(const Row* a, const double* y1, const double* y2, double* x1,
                           double* x2) {
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) x1[i] += a[i][j] * y1[j];
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) x2[i] += a[j][i] * y2[j];
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  double* y1 = benchFilled(N, 2);
  double* y2 = benchFilled(N, 3);
  double* x1 = benchFilled(N, 4);
  double* x2 = benchFilled(N, 5);
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round) mvt(a, y1, y2, x1, x2);
  benchEnd();
  benchResult(benchSum(x1, N) + benchSum(x2, N));
}
