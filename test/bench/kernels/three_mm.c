// G := (A B) (C D).
#include "bench.h"
#ifndef N
#define N 300
#endif

typedef double Row[N];

static void multiply(const Row* a, const Row* b, Row* product) {
  for (int i = 0; i < N; ++i) {
    for (int j = 0; j < N; ++j) {
      double sum = 0;
      for (int k = 0; k < N; ++k) sum += a[i][k] * b[k][j];
      product[i][j] = sum;
    }
  }
}

BENCH_COMPUTATION void threeProducts(Row* m[7]) {
  multiply(m[0], m[1], m[4]);
  multiply(m[2], m[3], m[5]);
  multiply(m[4], m[5], m[6]);
}

int main(void) {
  Row* m[7];
  for (unsigned i = 0; i < 7; ++i) m[i] = benchFilled(N * N, i);
  benchBegin();
  threeProducts(m);
  benchEnd();
  benchResult(benchSum(m[6][0], N * N));
}
