// L x = b for a lower triangular L, by forward substitution.
#include "bench.h"
#ifndef N
#define N 1500
#endif
#ifndef ROUNDS
#define ROUNDS 80
#endif

typedef double Row[N];

BENCH_COMPUTATION void trisolv(const Row* l, const double* b, double* x) {
  for (int i = 0; i < N; ++i) {
    x[i] = b[i];
    for (int j = 0; j < i; ++j) x[i] -= l[i][j] * x[j];
    x[i] /= l[i][i];
  }
}

int main(void) {
  Row* l = benchFilled(N * N, 1);
  double* b = benchFilled(N, 2);
  double* x = benchFilled(N, 3);
  for (int i = 0; i < N; ++i) l[i][i] += N;
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round) trisolv(l, b, x);
  benchEnd();
  benchResult(benchSum(x, N));
}
