// The shortest paths between all pairs of nodes (Floyd and Warshall).
#include "bench.h"
#ifndef N
#define N 480
#endif

typedef int Row[N];

BENCH_COMPUTATION void shortestPaths(Row* path) {
  for (int k = 0; k < N; ++k)
    for (int i = 0; i < N; ++i)
      for (int j = 0; j < N; ++j)
        path[i][j] = path[i][j] < path[i][k] + path[k][j] ? path[i][j] : path[i][k] + path[k][j];
}

int main(void) {
  Row* path = benchAllocate(N * N * sizeof(int));
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) {
      double fraction = benchFraction(1, (unsigned)(i * N + j));
      path[i][j] = i == j ? 0 : fraction < 0.1 ? 1 + (int)(fraction * 1000) : 9999;
    }
  benchBegin();
  shortestPaths(path);
  benchEnd();
  long long sum = 0;
  for (int i = 0; i < N * N; ++i) sum += (long long)path[0][i] * (i % 7 + 1);
  printf("%lld\n", sum);
}
