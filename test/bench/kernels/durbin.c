// The Yule-Walker equations, T y = -r for the Toeplitz matrix T of r, by the Levinson-Durbin
// recursion.
#include "bench.h"
#ifndef N
#define N 4000
#endif
#ifndef ROUNDS
#define ROUNDS 6
#endif

BENCH_COMPUTATION void durbin(const double* r, double* y, double* z) {
  double alpha = -r[0], beta = 1;
  y[0] = -r[0];
  for (int k = 1; k < N; ++k) {
    beta *= 1 - alpha * alpha;
    double sum = r[k];
    for (int i = 0; i < k; ++i) sum += r[k - i - 1] * y[i];
    alpha = -sum / beta;
    for (int i = 0; i < k; ++i) z[i] = y[i] + alpha * y[k - i - 1];
    for (int i = 0; i < k; ++i) y[i] = z[i];
    y[k] = alpha;
  }
}

int main(void) {
  double* r = benchFilled(N, 1);
  double* y = benchFilled(N, 2);
  double* z = benchFilled(N, 3);
  for (int i = 0; i < N; ++i) r[i] *= 0.5 / (i + 1);  // correlations fade
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round) durbin(r, y, z);
  benchEnd();
  benchResult(benchSum(y, N));
}
