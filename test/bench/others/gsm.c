// libgsm: speech by GSM 06.10, encoded and decoded.
#include "gsm.h"

#include "../real/input.h"

enum { FRAMES = 1500, SAMPLES = 160 };

int main(void) {
  benchBegin();
  gsm encoder = gsm_create(), decoder = gsm_create();
  uint64_t state = 3;
  uint32_t hash = 0;
  int32_t level = 0;
  for (int frame = 0; frame < FRAMES; ++frame) {
    gsm_signal samples[SAMPLES];
    gsm_frame code;
    for (int i = 0; i < SAMPLES; ++i) {
      level += (int32_t)(inputNext(&state) % 2001) - 1000 - level / 16;
      samples[i] = (gsm_signal)(level + (i % 40 - 20) * 300);
    }
    gsm_encode(encoder, samples, code);
    gsm_decode(decoder, code, samples);
    hash = hash * 31 + inputHash((char*)samples, sizeof samples);
  }
  benchEnd();
  printf("%08x\n", hash);
}
