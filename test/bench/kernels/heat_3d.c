// The heat equation in space by explicit Euler steps: second differences along each axis.
#include "bench.h"
#ifndef N
#define N 64
#endif
#ifndef STEPS
#define STEPS 120
#endif

typedef double Row[N];
typedef Row Plane[N];

static void step(const Plane* from, Plane* to) {
  for (int i = 1; i < N - 1; ++i)
    for (int j = 1; j < N - 1; ++j)
      for (int k = 1; k < N - 1; ++k)
        to[i][j][k] = from[i][j][k] +
                      0.125 * (from[i + 1][j][k] - 2 * from[i][j][k] + from[i - 1][j][k]) +
                      0.125 * (from[i][j + 1][k] - 2 * from[i][j][k] + from[i][j - 1][k]) +
                      0.125 * (from[i][j][k + 1] - 2 * from[i][j][k] + from[i][j][k - 1]);
}

BENCH_COMPUTATION void heat(int steps, Plane* a, Plane* b) {
  for (int t = 0; t < steps; ++t) {
    step(a, b);
    step(b, a);
  }
}

int main(void) {
  Plane* a = benchFilled(N * N * N, 1);
  Plane* b = benchFilled(N * N * N, 2);
  benchBegin();
  heat(STEPS, a, b);
  benchEnd();
  benchResult(benchSum(a[0][0], N * N * N));
}
