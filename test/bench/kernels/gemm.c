// C := alpha A B + beta C.
#include "bench.h"
#ifndef N
#define N 640
#endif

typedef double Row[N];

BENCH_COMPUTATION void gemm(double alpha, double beta, const Row* a, const Row* b, Row* c) {
  for (int i = 0; i < N; ++i) {
    for (int j = 0; j < N; ++j) c[i][j] *= beta;
    for (int k = 0; k < N; ++k)
      for (int j = 0; j < N; ++j) c[i][j] += alpha * a[i][k] * b[k][j];
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  Row* b = benchFilled(N * N, 2);
  Row* c = benchFilled(N * N, 3);
  benchBegin();
  gemm(1.5, 1.25, a, b, c);
  benchEnd();
  benchResult(benchSum(c[0], N * N));
}
