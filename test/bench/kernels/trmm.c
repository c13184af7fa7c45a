// B := alpha A^T B, where A is lower triangular with ones on the diagonal.
#include "bench.h"
#ifndef N
#define N 460
#endif

typedef double Row[N];

BENCH_COMPUTATION void trmm(double alpha, const Row* a, Row* b) {
  for (int i = 0; i < N; ++i) {
    for (int j = 0; j < N; ++j) {
      for (int k = i + 1; k < N; ++k) b[i][j] += a[k][i] * b[k][j];
      b[i][j] *= alpha;
    }
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  Row* b = benchFilled(N * N, 2);
  benchBegin();
  trmm(1.5, a, b);
  benchEnd();
  benchResult(benchSum(b[0], N * N));
}
