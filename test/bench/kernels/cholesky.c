// A = L L^T for a positive definite A; L replaces its lower triangle.
#include <math.h>

#include "bench.h"
#ifndef N
#define N 700
#endif

typedef double Row[N];

BENCH_COMPUTATION void cholesky(Row* a) {
  for (int i = 0; i < N; ++i) {
    for (int j = 0; j < i; ++j) {
      for (int k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
    for (int k = 0; k < i; ++k) a[i][i] -= a[i][k] * a[i][k];
    a[i][i] = sqrt(a[i][i]);
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  for (int i = 0; i < N; ++i) a[i][i] += N;  // the diagonal dominates
  benchBegin();
  cholesky(a);
  benchEnd();
  benchResult(benchSum(a[0], N * N));
}
