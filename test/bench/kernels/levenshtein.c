// The edit distance of two strings, by the recursion over their prefixes, one row at a time.
#include "bench.h"
#ifndef N
#define N 6000
#endif

static inline int smaller(int a, int b) { return a < b ? a : b; }

BENCH_COMPUTATION int distance(const char* a, int aLength, const char* b, int bLength, int* row) {
  for (int j = 0; j <= bLength; ++j) row[j] = j;
  for (int i = 1; i <= aLength; ++i) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j <= bLength; ++j) {
      int replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = smaller(smaller(row[j], row[j - 1]) + 1, replaced);
    }
  }
  return row[bLength];
}

int main(void) {
  char* a = benchAllocate(N);
  char* b = benchAllocate(N);
  int* row = benchAllocate((N + 1) * sizeof(int));
  for (unsigned i = 0; i < N; ++i) {
    a[i] = (char)('a' + (int)(6 * benchFraction(1, i)));
    b[i] = benchFraction(3, i) < 0.7 ? a[i] : (char)('a' + (int)(6 * benchFraction(2, i)));
  }
  benchBegin();
  int result = distance(a, N, b, N, row);
  benchEnd();
  printf("%d\n", result);
}
