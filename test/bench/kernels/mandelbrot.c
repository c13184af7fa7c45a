// After how many steps z := z^2 + c leaves the circle of radius 2, for each point of a grid.
#include "bench.h"
#ifndef N
#define N 1000
#endif
#ifndef STEPS
#define STEPS 100
#endif

BENCH_COMPUTATION void mandelbrot(int n, int limit, unsigned char* steps) {
  for (int row = 0; row < n; ++row) {
    for (int column = 0; column < n; ++column) {
      double cr = 3.0 * column / n - 2.25, ci = 3.0 * row / n - 1.5, zr = 0, zi = 0;
      int step = 0;
      while (step < limit && zr * zr + zi * zi <= 4) {
        double next = zr * zr - zi * zi + cr;
        zi = 2 * zr * zi + ci;
        zr = next;
        ++step;
      }
      steps[row * n + column] = (unsigned char)step;
    }
  }
}

int main(void) {
  unsigned char* steps = benchAllocate(N * N);
  benchBegin();
  mandelbrot(N, STEPS, steps);
  benchEnd();
  long inside = 0;
  for (int i = 0; i < N * N; ++i) inside += steps[i] == STEPS;
  printf("%ld\n", inside);
}
