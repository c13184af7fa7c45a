// C := alpha A B + beta C, where A is symmetric and only its lower triangle is stored.
#include "bench.h"
#ifndef N
#define N 420
#endif

typedef double Row[N];

BENCH_COMPUTATION void symm(double alpha, double beta, const Row* a, const Row* b, Row* c) {
  for (int i = 0; i < N; ++i) {
    for (int j = 0; j < N; ++j) {
      double above = 0;
      for (int k = 0; k < i; ++k) {
        c[k][j] += alpha * b[i][j] * a[i][k];
        above += b[k][j] * a[i][k];
      }
      c[i][j] = beta * c[i][j] + alpha * b[i][j] * a[i][i] + alpha * above;
    }
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  Row* b = benchFilled(N * N, 2);
  Row* c = benchFilled(N * N, 3);
  benchBegin();
  symm(1.5, 0.75, a, b, c);
  benchEnd();
  benchResult(benchSum(c[0], N * N));
}
