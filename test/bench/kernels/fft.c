// The discrete Fourier transform by Cooley and Tukey, radix 2 and in place, there and back.
#include <math.h>

#include "bench.h"
#ifndef BITS
#define BITS 16
#endif
#ifndef ROUNDS
#define ROUNDS 18
#endif
#define N (1 << BITS)

typedef struct {
  double re, im;
} Complex;

static void reverseBits(Complex* values) {
  for (unsigned i = 0, j = 0; i < N; ++i) {
    if (i < j) {
      Complex kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
    unsigned bit = N >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
  }
}

// `sign` is -1 for the transform, 1 for its inverse, which this leaves N times too large.
BENCH_COMPUTATION void transform(Complex* values, const Complex* roots, double sign) {
  reverseBits(values);
  for (unsigned half = 1; half < N; half *= 2) {
    unsigned stride = N / (2 * half);
    for (unsigned start = 0; start < N; start += 2 * half) {
      for (unsigned k = 0; k < half; ++k) {
        Complex w = roots[k * stride], *a = &values[start + k], *b = a + half;
        double re = w.re * b->re - sign * w.im * b->im, im = w.re * b->im + sign * w.im * b->re;
        *b = (Complex){a->re - re, a->im - im};
        *a = (Complex){a->re + re, a->im + im};
      }
    }
  }
}

int main(void) {
  Complex* values = benchFilled(2 * N, 1);
  Complex* roots = benchAllocate(N / 2 * sizeof(Complex));
  for (int k = 0; k < N / 2; ++k)
    roots[k] = (Complex){cos(2 * 3.141592653589793 * k / N), sin(2 * 3.141592653589793 * k / N)};
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round) {
    transform(values, roots, -1);
    for (int i = 0; i < N; ++i) values[i].re *= 1.0 / N, values[i].im *= 1.0 / N;
    transform(values, roots, 1);
  }
  benchEnd();
  printf("%.8g\n", benchSum(&values[0].re, 2 * N));
}
