// E := alpha A B C + beta D: two products of matrices one after the other.
#include "bench.h"
#ifndef N
#define N 320
#endif

typedef double Row[N];

// c := alpha a b + beta c
static void multiply(double alpha, double beta, const Row* a, const Row* b, Row* c) {
  for (int i = 0; i < N; ++i) {
    for (int j = 0; j < N; ++j) {
      c[i][j] *= beta;
      for (int k = 0; k < N; ++k) c[i][j] += alpha * a[i][k] * b[k][j];
    }
  }
}

BENCH_COMPUTATION void twoProducts(const Row* a, const Row* b, const Row* c, Row* product, Row* d) {
  multiply(1.5, 0, a, b, product);
  multiply(1, 1.25, product, c, d);
}

int main(void) {
  Row* a = benchFilled(N * N, 1);
  Row* b = benchFilled(N * N, 2);
  Row* c = benchFilled(N * N, 3);
  Row* d = benchFilled(N * N, 4);
  Row* product = benchFilled(N * N, 5);
  benchBegin();
  twoProducts(a, b, c, product, d);
  benchEnd();
  benchResult(benchSum(d[0], N * N));
}
