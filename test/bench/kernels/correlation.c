// Pearson's correlation coefficient of every two columns of a table.
#include <math.h>

#include "bench.h"
#ifndef N
#define N 420
#endif

typedef double Row[N];

// Each column gets the mean 0 and the length 1.
static void normalize(Row* data, double* mean, double* length) {
  for (int j = 0; j < N; ++j) mean[j] = length[j] = 0;
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) mean[j] += data[i][j] / N;
  for (int i = 0; i < N; ++i) {
    for (int j = 0; j < N; ++j) {
      data[i][j] -= mean[j];
      length[j] += data[i][j] * data[i][j];
    }
  }
  for (int j = 0; j < N; ++j) length[j] = sqrt(length[j]);
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) data[i][j] /= length[j] > 0 ? length[j] : 1;
}

BENCH_COMPUTATION void correlation(Row* data, Row* result, double* mean, double* length) {
  normalize(data, mean, length);
  for (int i = 0; i < N; ++i) {
    result[i][i] = 1;
    for (int j = i + 1; j < N; ++j) {
      result[i][j] = 0;
      for (int k = 0; k < N; ++k) result[i][j] += data[k][i] * data[k][j];
      result[j][i] = result[i][j];
    }
  }
}

int main(void) {
  Row* data = benchFilled(N * N, 1);
  Row* result = benchFilled(N * N, 2);
  double* mean = benchFilled(N, 3);
  double* length = benchFilled(N, 4);
  for (int i = 0; i < N; ++i)
    for (int j = 1; j < N; ++j) data[i][j] += data[i][j - 1] * 0.5;
  benchBegin();
  correlation(data, result, mean, length);
  benchEnd();
  benchResult(benchSum(result[0], N * N));
}
