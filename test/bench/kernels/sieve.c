// The primes below a limit by the sieve of Eratosthenes.
#include <string.h>

#include "bench.h"
#ifndef LIMIT
#define LIMIT 4000000
#endif
#ifndef ROUNDS
#define ROUNDS 8
#endif

BENCH_COMPUTATION unsigned countPrimes(unsigned char* isComposite, unsigned limit) {
  memset(isComposite, 0, limit);
  for (unsigned i = 2; i * i < limit; ++i) {
    if (isComposite[i]) continue;
    for (unsigned j = i * i; j < limit; j += i) isComposite[j] = 1;
  }
  unsigned count = 0;
  for (unsigned i = 2; i < limit; ++i) count += !isComposite[i];
  return count;
}

int main(void) {
  unsigned char* isComposite = benchAllocate(LIMIT);
  unsigned count = 0;
  benchBegin();
  for (unsigned round = 0; round < ROUNDS; ++round)
    count += countPrimes(isComposite, LIMIT - round);
  benchEnd();
  printf("%u\n", count);
}
