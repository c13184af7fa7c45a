// The mean of five neighbors in the plane, from one grid into another and back.
#include "bench.h"
#ifndef N
#define N 500
#endif
#ifndef STEPS
#define STEPS 200
#endif

typedef double Row[N];

static void step(const Row* from, Row* to) {
  for (int i = 1; i < N - 1; ++i)
    for (int j = 1; j < N - 1; ++j)
      to[i][j] =
          0.2 * (from[i][j] + from[i][j - 1] + from[i][j + 1] + from[i - 1][j] + from[i + 1][j]);
}

BENCH_COMPUTATION void jacobi(int steps, Row* a, Row* b) {
  for (int t = 0; t < steps; ++t) {
    step(a, b);
    step(b, a);
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  Row* b = benchFilled(N * N, 2);
  benchBegin();
  jacobi(STEPS, a, b);
  benchEnd();
  benchResult(benchSum(a[0], N * N));
}
