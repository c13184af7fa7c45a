// C := alpha A B^T + alpha B A^T + beta C, the lower triangle.
#include "bench.h"
#ifndef N
#define N 480
#endif

typedef double Row[N];

BENCH_COMPUTATION void syr2k(double alpha, double beta, const Row* a, const Row* b, Row* c) {
  for (int i = 0; i < N; ++i) {
    for (int j = 0; j <= i; ++j) {
      double sum = 0;
      for (int k = 0; k < N; ++k) sum += a[i][k] * b[j][k] + b[i][k] * a[j][k];
      c[i][j] = beta * c[i][j] + alpha * sum;
    }
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  Row* b = benchFilled(N * N, 2);
  Row* c = benchFilled(N * N, 3);
  benchBegin();
  syr2k(1.5, 1.25, a, b, c);
  benchEnd();
  benchResult(benchSum(c[0], N * N));
}
