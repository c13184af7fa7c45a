// s := A^T r and q := A p, in one pass over A: the kernel of the biconjugate gradient method.
#include "bench.h"
#ifndef N
#define N 1200
#endif
#ifndef ROUNDS
#define ROUNDS 30
#endif

typedef double Row[N];

BENCH_COMPUTATION void bicg(const Row* a, const double* r, const double* p, double* s, double* q) {
  for (int j = 0; j < N; ++j) s[j] = 0;
  for (int i = 0; i < N; ++i) {
    q[i] = 0;
    for (int j = 0; j < N; ++j) {
      s[j] += r[i] * a[i][j];
      q[i] += a[i][j] * p[j];
    }
  }
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  double* r = benchFilled(N, 2);
  double* p = benchFilled(N, 3);
  double* s = benchFilled(N, 4);
  double* q = benchFilled(N, 5);
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round) bicg(a, r, p, s, q);
  benchEnd();
  benchResult(benchSum(s, N) + benchSum(q, N));
}
