// Maxwell's equations in the plane by finite differences in the time domain, on Yee's grid.
#include "bench.h"
#ifndef N
#define N 400
#endif
#ifndef STEPS
#define STEPS 200
#endif

typedef double Row[N];

BENCH_COMPUTATION void fdtd(int steps, Row* ex, Row* ey, Row* hz, const double* source) {
  for (int t = 0; t < steps; ++t) {
    for (int j = 0; j < N; ++j) ey[0][j] = source[t];
    for (int i = 1; i < N; ++i)
      for (int j = 0; j < N; ++j) ey[i][j] -= 0.5 * (hz[i][j] - hz[i - 1][j]);
    for (int i = 0; i < N; ++i)
      for (int j = 1; j < N; ++j) ex[i][j] -= 0.5 * (hz[i][j] - hz[i][j - 1]);
    for (int i = 0; i < N - 1; ++i)
      for (int j = 0; j < N - 1; ++j)
        hz[i][j] -= 0.7 * (ex[i][j + 1] - ex[i][j] + ey[i + 1][j] - ey[i][j]);
  }
}

int main(void) {
  Row* ex = benchFilled(N * N, 1);
  Row* ey = benchFilled(N * N, 2);
  Row* hz = benchFilled(N * N, 3);
  double* source = benchFilled(STEPS, 4);
  benchBegin();
  fdtd(STEPS, ex, ey, hz, source);
  benchEnd();
  benchResult(benchSum(hz[0], N * N));
}
