// The most base pairs of a folded RNA (Nussinov's recursion over all parts of the sequence).
#include "bench.h"
#ifndef N
#define N 700
#endif

typedef int Row[N];

static inline int larger(int a, int b) { return a > b ? a : b; }

BENCH_COMPUTATION void fold(const unsigned char* base, Row* best) {
  for (int i = N - 1; i >= 0; --i) {
    for (int j = i + 1; j < N; ++j) {
      best[i][j] = larger(best[i][j], best[i][j - 1]);
      if (i + 1 < N) best[i][j] = larger(best[i][j], best[i + 1][j]);
      if (i + 1 < N) {
        int pairs = i < j - 1 && base[i] + base[j] == 3;
        best[i][j] = larger(best[i][j], best[i + 1][j - 1] + pairs);
      }
      for (int k = i + 1; k < j; ++k) best[i][j] = larger(best[i][j], best[i][k] + best[k + 1][j]);
    }
  }
}

int main(void) {
  unsigned char* base = benchAllocate(N);
  Row* best = calloc(N * N, sizeof(int));
  for (int i = 0; i < N; ++i) base[i] = (unsigned char)(4 * benchFraction(1, (unsigned)i));
  benchBegin();
  fold(base, best);
  benchEnd();
  long long sum = 0;
  for (int i = 0; i < N * N; ++i) sum += (long long)best[0][i] * (i % 7 + 1);
  printf("%d %lld\n", best[0][N - 1], sum);
}
