// The heat equation in the plane by alternating directions (Peaceman and Rachford): each half step
// is a tridiagonal system per line, solved by elimination and back substitution.
#include "bench.h"
#ifndef N
#define N 300
#endif
#ifndef STEPS
#define STEPS 30
#endif

typedef double Row[N];

// to = from after half a step that is implicit along the second index of `to`, the first of `from`.
static void halfStep(double r, const Row* from, Row* to, Row* factor, Row* right) {
  for (int i = 1; i < N - 1; ++i) {
    to[i][0] = 1;
    factor[i][0] = 0;
    right[i][0] = to[i][0];
    for (int j = 1; j < N - 1; ++j) {
      double pivot = 1 + 2 * r - r * factor[i][j - 1];
      double explicitPart = r * from[j][i - 1] + (1 - 2 * r) * from[j][i] + r * from[j][i + 1];
      factor[i][j] = r / pivot;
      right[i][j] = (explicitPart + r * right[i][j - 1]) / pivot;
    }
    to[i][N - 1] = 1;
    for (int j = N - 2; j >= 1; --j) to[i][j] = factor[i][j] * to[i][j + 1] + right[i][j];
  }
}

BENCH_COMPUTATION void adi(int steps, Row* u, Row* v, Row* factor, Row* right) {
  for (int t = 0; t < steps; ++t) {
    halfStep(0.4, u, v, factor, right);
    halfStep(0.4, v, u, factor, right);
  }
}

int main(void) {
  Row* u = benchFilled(N * N, 1);
  Row* v = benchFilled(N * N, 2);
  Row* factor = benchFilled(N * N, 3);
  Row* right = benchFilled(N * N, 4);
  benchBegin();
  adi(STEPS, u, v, factor, right);
  benchEnd();
  benchResult(benchSum(u[0], N * N));
}
