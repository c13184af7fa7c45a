// How often the first pancakes of a stack have to be turned until the smallest is on top: the most,
// over all permutations, and a checksum (Anderson and Rettig's benchmark).
#include "bench.h"
#ifndef N
#define N 10
#endif

static int flips(const int* permutation) {
  int stack[N], count = 0;
  for (int i = 0; i < N; ++i) stack[i] = permutation[i];
  for (int first = stack[0]; first != 0; first = stack[0], ++count) {
    for (int low = 0, high = first; low < high; ++low, --high) {
      int kept = stack[low];
      stack[low] = stack[high];
      stack[high] = kept;
    }
  }
  return count;
}

// The next permutation: the first of the prefixes that has not been rotated all the way is.
static int advance(int* permutation, int* rotations) {
  for (int length = 1; length < N; ++length) {
    int first = permutation[0];
    for (int i = 0; i < length; ++i) permutation[i] = permutation[i + 1];
    permutation[length] = first;
    if (++rotations[length] <= length) return 1;
    rotations[length] = 0;
  }
  return 0;
}

BENCH_COMPUTATION int fannkuch(int* checksum) {
  int permutation[N], rotations[N] = {0}, most = 0, sign = 1;
  for (int i = 0; i < N; ++i) permutation[i] = i;
  do {
    int count = flips(permutation);
    if (count > most) most = count;
    *checksum += sign * count;
    sign = -sign;
  } while (advance(permutation, rotations));
  return most;
}

int main(void) {
  int checksum = 0;
  benchBegin();
  int most = fannkuch(&checksum);
  benchEnd();
  printf("%d %d\n", most, checksum);
}
