// The spectral norm of the infinite matrix a[i][j] = 1 / ((i + j) (i + j + 1) / 2 + i + 1), cut to
// N by N, by the power method.
#include <math.h>

#include "bench.h"
#ifndef N
#define N 900
#endif
#ifndef STEPS
#define STEPS 10
#endif

static double element(int i, int j) { return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1); }

static void multiply(int n, const double* v, double* product) {
  for (int i = 0; i < n; ++i) {
    product[i] = 0;
    for (int j = 0; j < n; ++j) product[i] += element(i, j) * v[j];
  }
}

static void multiplyTransposed(int n, const double* v, double* product) {
  for (int i = 0; i < n; ++i) {
    product[i] = 0;
    for (int j = 0; j < n; ++j) product[i] += element(j, i) * v[j];
  }
}

BENCH_COMPUTATION double spectralNorm(int n, double* u, double* v, double* between) {
  for (int i = 0; i < n; ++i) u[i] = 1;
  for (int step = 0; step < STEPS; ++step) {
    multiply(n, u, between);
    multiplyTransposed(n, between, v);
    multiply(n, v, between);
    multiplyTransposed(n, between, u);
  }
  double uv = 0, vv = 0;
  for (int i = 0; i < n; ++i) {
    uv += u[i] * v[i];
    vv += v[i] * v[i];
  }
  return sqrt(uv / vv);
}

int main(void) {
  double* u = benchFilled(N, 1);
  double* v = benchFilled(N, 2);
  double* between = benchFilled(N, 3);
  benchBegin();
  double norm = spectralNorm(N, u, v, between);
  benchEnd();
  benchResult(norm);
}
