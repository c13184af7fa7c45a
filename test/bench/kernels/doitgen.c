// A[r][q][*] := A[r][q][*] C for every r and q: a tensor times a matrix, in place.
#include "bench.h"
#ifndef N
#define N 96
#endif

typedef double Row[N];
typedef Row Plane[N];

BENCH_COMPUTATION void doitgen(Plane* a, const Row* c, double* sum) {
  for (int r = 0; r < N; ++r) {
    for (int q = 0; q < N; ++q) {
      for (int p = 0; p < N; ++p) {
        sum[p] = 0;
        for (int s = 0; s < N; ++s) sum[p] += a[r][q][s] * c[s][p];
      }
      for (int p = 0; p < N; ++p) a[r][q][p] = sum[p];
    }
  }
}

int main(void) {
  Plane* a = benchFilled(N * N * N, 1);
  Row* c = benchFilled(N * N, 2);
  double* sum = benchFilled(N, 3);
  benchBegin();
  doitgen(a, c, sum);
  benchEnd();
  benchResult(benchSum(a[0][0], N * N * N));
}
