// A = L U without pivoting, in place; the diagonal of L is ones.
#include "bench.h"
#ifndef N
#define N 560
#endif

typedef double Row[N];

BENCH_COMPUTATION void lu(Row* a) {
  for (int i = 0; i < N; ++i) {
    for (int j = 0; j < i; ++j) {
      for (int k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[k][j];
      a[i][j] /= a[j][j];
    }
    for (int j = i; j < N; ++j)
      for (int k = 0; k < i; ++k) a[i][j] -= a[i][k] * a[k][j];
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  for (int i = 0; i < N; ++i) a[i][i] += N;
  benchBegin();
  lu(a);
  benchEnd();
  benchResult(benchSum(a[0], N * N));
}
