// What a program of the suite includes. It computes between benchBegin() and benchEnd(), which says
// on stderr how many seconds of processor time that took; what it prints on stdout is its result,
// the same on every machine.
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

// A computation must not be inlined where its input is known.
#define BENCH_COMPUTATION static __attribute__((noinline))

// A fraction in [0, 1) that looks arbitrary and is exact in binary, for index `i` of sequence
// `seed`.
static inline double benchFraction(unsigned seed, unsigned i) {
  uint32_t x = (i + 1) * 2654435761u ^ (seed * 40503u + 12345u);
  x ^= x >> 15;
  x *= 2246822519u;
  x ^= x >> 13;
  return (double)(x >> 8) / 16777216.0;
}

static inline void* benchAllocate(size_t size) {
  void* memory = malloc(size);
  if (!memory) {
    fputs("out of memory\n", stderr);
    exit(2);
  }
  return memory;
}

// `count` such fractions.
static inline void* benchFilled(size_t count, unsigned seed) {
  double* values = (double*)benchAllocate(count * sizeof(double));
  for (size_t i = 0; i < count; ++i) values[i] = benchFraction(seed, (unsigned)i);
  return values;
}

#ifdef __cplusplus
extern "C" {
#endif
void benchBegin(void);
void benchEnd(void);
#ifdef __cplusplus
}
#endif

// Prints a result. Nine digits: with fused multiply-add the last ones of a double differ.
static inline void benchResult(double value) { printf("%.9g\n", value); }

// The sum of all of an array, each weighed by its place, so that elements cannot change places.
static inline double benchSum(const double* values, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += values[i] * (double)(i % 7 + 1);
  return sum;
}

#endif
