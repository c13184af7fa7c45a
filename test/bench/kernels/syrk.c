// C := alpha A A^T + beta C, the lower triangle.
#include "bench.h"
#ifndef N
#define N 600
#endif

typedef double Row[N];

BENCH_COMPUTATION void syrk(double alpha, double beta, const Row* a, Row* c) {
  for (int i = 0; i < N; ++i) {
    for (int j = 0; j <= i; ++j) c[i][j] *= beta;
    for (int k = 0; k < N; ++k)
      for (int j = 0; j <= i; ++j) c[i][j] += alpha * a[i][k] * a[j][k];
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  Row* c = benchFilled(N * N, 2);
  benchBegin();
  syrk(1.5, 1.25, a, c);
  benchEnd();
  benchResult(benchSum(c[0], N * N));
}
