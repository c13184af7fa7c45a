// Deriche's recursive smoothing of an image: a second-order filter forwards and backwards along
// rows, then along columns.
#include <math.h>

#include "bench.h"
#ifndef N
#define N 640
#endif
#ifndef ROUNDS
#define ROUNDS 8
#endif

typedef float Row[N];
typedef struct {
  float a0, a1, a2, a3, b1, b2;
} Filter;

static Filter makeFilter(float alpha) {
  float e = expf(-alpha);
  float k = (1 - e) * (1 - e) / (1 + 2 * alpha * e - e * e);
  return (Filter){k, k * e * (alpha - 1), k * e * (alpha + 1), -k * e * e, 2 * e, -e * e};
}

static void alongRows(Filter f, const Row* in, Row* sum, Row* back) {
  for (int i = 0; i < N; ++i) {
    float x1 = 0, y1 = 0, y2 = 0;
    for (int j = 0; j < N; ++j) {
      float y = f.a0 * in[i][j] + f.a1 * x1 + f.b1 * y1 + f.b2 * y2;
      x1 = in[i][j];
      y2 = y1;
      sum[i][j] = y1 = y;
    }
    float x2 = x1 = y1 = y2 = 0;
    for (int j = N - 1; j >= 0; --j) {
      float y = f.a2 * x1 + f.a3 * x2 + f.b1 * y1 + f.b2 * y2;
      x2 = x1;
      x1 = in[i][j];
      y2 = y1;
      back[i][j] = y1 = y;
    }
  }
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) sum[i][j] += back[i][j];
}

static void alongColumns(Filter f, const Row* in, Row* sum, Row* back) {
  for (int j = 0; j < N; ++j) {
    float x1 = 0, y1 = 0, y2 = 0;
    for (int i = 0; i < N; ++i) {
      float y = f.a0 * in[i][j] + f.a1 * x1 + f.b1 * y1 + f.b2 * y2;
      x1 = in[i][j];
      y2 = y1;
      sum[i][j] = y1 = y;
    }
    float x2 = x1 = y1 = y2 = 0;
    for (int i = N - 1; i >= 0; --i) {
      float y = f.a2 * x1 + f.a3 * x2 + f.b1 * y1 + f.b2 * y2;
      x2 = x1;
      x1 = in[i][j];
      y2 = y1;
      back[i][j] = y1 = y;
    }
  }
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) sum[i][j] += back[i][j];
}

BENCH_COMPUTATION void smooth(Filter f, Row* image, Row* half, Row* back) {
  alongRows(f, image, half, back);
  alongColumns(f, half, image, back);
}

int main(void) {
  Row* image = benchAllocate(N * N * sizeof(float));
  Row* half = benchAllocate(N * N * sizeof(float));
  Row* back = benchAllocate(N * N * sizeof(float));
  for (int i = 0; i < N * N; ++i) image[0][i] = (float)benchFraction(1, (unsigned)i);
  Filter filter = makeFilter(0.25f);
  benchBegin();
  for (int round = 0; round < ROUNDS; ++round) smooth(filter, image, half, back);
  benchEnd();
  double sum = 0;
  for (int i = 0; i < N * N; ++i) sum += image[0][i];
  printf("%.4g\n", sum);
}
