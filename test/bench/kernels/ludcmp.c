// A x = b by A = L U with the row operations done at once, then forward and backward substitution.
#include "bench.h"
#ifndef N
#define N 720
#endif

typedef double Row[N];

BENCH_COMPUTATION void solve(Row* a, const double* b, double* y, double* x) {
  for (int k = 0; k < N; ++k) {
    for (int i = k + 1; i < N; ++i) {
      double factor = a[i][k] / a[k][k];
      a[i][k] = factor;
      for (int j = k + 1; j < N; ++j) a[i][j] -= factor * a[k][j];
    }
  }
  for (int i = 0; i < N; ++i) {
    double rest = b[i];
    for (int j = 0; j < i; ++j) rest -= a[i][j] * y[j];
    y[i] = rest;
  }
  for (int i = N - 1; i >= 0; --i) {
    double rest = y[i];
    for (int j = i + 1; j < N; ++j) rest -= a[i][j] * x[j];
    x[i] = rest / a[i][i];
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  double* b = benchFilled(N, 2);
  double* x = benchFilled(N, 3);
  double* y = benchFilled(N, 4);
  for (int i = 0; i < N; ++i) a[i][i] += N;
  benchBegin();
  solve(a, b, y, x);
  benchEnd();
  benchResult(benchSum(x, N));
}
