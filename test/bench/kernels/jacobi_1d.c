// The mean of three neighbors, from one array into another and back.
#include "bench.h"
#ifndef N
#define N 4000
#endif
#ifndef STEPS
#define STEPS 24000
#endif

BENCH_COMPUTATION void jacobi(int steps, int n, double* a, double* b) {
  for (int t = 0; t < steps; ++t) {
    for (int i = 1; i < n - 1; ++i) b[i] = (a[i - 1] + a[i] + a[i + 1]) * (1.0 / 3);
    for (int i = 1; i < n - 1; ++i) a[i] = (b[i - 1] + b[i] + b[i + 1]) * (1.0 / 3);
  }
}

int main(void) {
  double* a = benchFilled(N, 1);
  double* b = benchFilled(N, 2);
  benchBegin();
  jacobi(STEPS, N, a, b);
  benchEnd();
  benchResult(benchSum(a, N));
}
