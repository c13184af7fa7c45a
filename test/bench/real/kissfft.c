// KISS FFT: complex transforms of sizes with different factors, there and back.
#include <kiss_fft.h>

#include "input.h"

static double transform(int size, int times) {
  kiss_fft_cfg forth = kiss_fft_alloc(size, 0, NULL, NULL),
               back = kiss_fft_alloc(size, 1, NULL, NULL);
  kiss_fft_cpx* signal = benchAllocate(size * sizeof *signal);
  kiss_fft_cpx* spectrum = benchAllocate(size * sizeof *spectrum);
  for (int i = 0; i < size; ++i) {
    signal[i].r = (float)benchFraction(size, i);
    signal[i].i = (float)benchFraction(size + 1, i);
  }
  double expected = signal[size / 3].r;
  while (times-- > 0) {
    kiss_fft(forth, signal, spectrum);
    kiss_fft(back, spectrum, signal);
    for (int i = 0; i < size; ++i) {
      signal[i].r /= (float)size;
      signal[i].i /= (float)size;
    }
  }
  double difference = signal[size / 3].r - expected;
  free(signal);
  free(spectrum);
  kiss_fft_free(forth);
  kiss_fft_free(back);
  return difference;
}

int main(void) {
  static const int kSizes[] = {1024, 16384, 1200, 3125, 6561, 77 * 13};
  benchBegin();
  for (size_t i = 0; i < sizeof kSizes / sizeof *kSizes; ++i) {
    double difference = transform(kSizes[i], 1500000 / kSizes[i]);
    printf("%d %s\n", kSizes[i], difference < 1e-4 && difference > -1e-4 ? "right" : "wrong");
  }
  benchEnd();
}
