// A = Q R by the modified Gram-Schmidt process: columns are made orthonormal one by one.
#include <math.h>

#include "bench.h"
#ifndef N
#define N 360
#endif

typedef double Row[N];

BENCH_COMPUTATION void gramSchmidt(Row* a, Row* r, Row* q) {
  for (int k = 0; k < N; ++k) {
    double norm = 0;
    for (int i = 0; i < N; ++i) norm += a[i][k] * a[i][k];
    r[k][k] = sqrt(norm);
    for (int i = 0; i < N; ++i) q[i][k] = a[i][k] / r[k][k];
    for (int j = k + 1; j < N; ++j) {
      r[k][j] = 0;
      for (int i = 0; i < N; ++i) r[k][j] += q[i][k] * a[i][j];
      for (int i = 0; i < N; ++i) a[i][j] -= q[i][k] * r[k][j];
    }
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  Row* r = benchFilled(N * N, 2);
  Row* q = benchFilled(N * N, 3);
  for (int i = 0; i < N; ++i) a[i][i] += 8;
  benchBegin();
  gramSchmidt(a, r, q);
  benchEnd();
  benchResult(benchSum(r[0], N * N) + benchSum(q[0], N * N));
}
