// A := A + u1 v1^T + u2 v2^T, x := x + beta A^T y + z, w := alpha A x.
#include "bench.h"
#ifndef N
#define N 1400
#endif
#ifndef ROUNDS
#define ROUNDS 10
#endif

typedef double Row[N];
typedef struct {
  double *u1, *v1, *u2, *v2, *w, *x, *y, *z;
} Vectors;

BENCH_COMPUTATION void gemver(double alpha, double beta, Row* a, Vectors s) {
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) a[i][j] += s.u1[i] * s.v1[j] + s.u2[i] * s.v2[j];
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) s.x[i] += beta * a[j][i] * s.y[j];
  for (int i = 0; i < N; ++i) s.x[i] += s.z[i];
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) s.w[i] += alpha * a[i][j] * s.x[j];
}

int main(void) {
  Row* a = benchFilled(N * N, 0);
  Vectors s = {benchFilled(N, 1), benchFilled(N, 2), benchFilled(N, 3), benchFilled(N, 4),
               benchFilled(N, 5), benchFilled(N, 6), benchFilled(N, 7), benchFilled(N, 8)};
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round) gemver(1.0 / N, 0.5 / N, a, s);
  benchEnd();
  benchResult(benchSum(s.w, N));
}
