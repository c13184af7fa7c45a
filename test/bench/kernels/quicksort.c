// Hoare's quicksort with the middle as pivot; insertion sort for what is short.
#include "bench.h"
#ifndef N
#define N 1000000
#endif
#define SHORT 12

static void insertionSort(int* low, int* high) {
  for (int* next = low + 1; next <= high; ++next) {
    int value = *next, *place = next;
    for (; place > low && place[-1] > value; --place) *place = place[-1];
    *place = value;
  }
}

BENCH_COMPUTATION void quicksort(int* low, int* high) {
  while (high - low > SHORT) {
    int pivot = low[(high - low) / 2], *left = low, *right = high;
    while (left <= right) {
      while (*left < pivot) ++left;
      while (pivot < *right) --right;
      if (left <= right) {
        int kept = *left;
        *left++ = *right;
        *right-- = kept;
      }
    }
    quicksort(low, right);
    low = left;
  }
  insertionSort(low, high);
}

int main(void) {
  int* values = benchAllocate(N * sizeof(int));
  for (int i = 0; i < N; ++i) values[i] = (int)(1e9 * benchFraction(1, (unsigned)i));
  benchBegin();
  quicksort(values, values + N - 1);
  benchEnd();
  unsigned sum = 0;
  for (int i = 0; i < N; ++i) {
    if (i && values[i - 1] > values[i]) return 1;
    sum = sum * 31 + (unsigned)values[i];
  }
  printf("%u\n", sum);
}
