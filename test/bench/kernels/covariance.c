// The covariance of every two columns of a table.
#include "bench.h"
#ifndef N
#define N 430
#endif

typedef double Row[N];

BENCH_COMPUTATION void covariance(Row* data, Row* result, double* mean) {
  for (int j = 0; j < N; ++j) {
    mean[j] = 0;
    for (int i = 0; i < N; ++i) mean[j] += data[i][j];
    mean[j] /= N;
  }
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) data[i][j] -= mean[j];
  for (int i = 0; i < N; ++i) {
    for (int j = i; j < N; ++j) {
      double sum = 0;
      for (int k = 0; k < N; ++k) sum += data[k][i] * data[k][j];
      result[i][j] = result[j][i] = sum / (N - 1);
    }
  }
}

int main(void) {
  Row* data = benchFilled(N * N, 1);
  Row* result = benchFilled(N * N, 2);
  double* mean = benchFilled(N, 3);
  for (int i = 0; i < N; ++i)
    for (int j = 1; j < N; ++j) data[i][j] += data[i][j - 1] * 0.5;  // neighbors correlate
  benchBegin();
  covariance(data, result, mean);
  benchEnd();
  benchResult(benchSum(result[0], N * N));
}
