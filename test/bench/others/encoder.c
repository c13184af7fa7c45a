// wasm-media-encoders: LAME or Vorbis encodes a chord.
#include "module.h"

FROM_MODULE("malloc") void* allocate(uint32_t size);
FROM_MODULE("enc_init") void* newEncoder(const void* parameters);
FROM_MODULE("enc_get_pcm") float** getSamples(void* encoder, uint32_t count);
FROM_MODULE("enc_encode") int32_t encode(void* encoder, uint32_t count);
FROM_MODULE("enc_get_out_buf") const void* getOutput(void* encoder);

enum { RATE = 44100, COUNT = 4410, ROUNDS = 10 };

static float triangle(uint32_t time, uint32_t frequency) {
  uint32_t phase = time * frequency % RATE;
  float level = (float)phase * (4.0f / RATE);
  return level < 2.0f ? level - 1.0f : 3.0f - level;
}

uint64_t run(void) {
  uint32_t* parameters = allocate(32);
  parameters[0] = 2;
  parameters[1] = RATE;
  FORMAT_PARAMETERS;
  void* encoder = newEncoder(parameters);
  if (!encoder) return 0;
  uint64_t hash = HASH_START;
  for (uint32_t round = 0, time = 0, seed = 1; round < ROUNDS; round++) {
    float** channels = getSamples(encoder, COUNT);
    for (uint32_t i = 0; i < COUNT; i++, time++) {
      float noise = (float)(nextRandom(&seed) & 255) * 0.0001f;
      channels[0][i] = 0.3f * triangle(time, 440) + 0.2f * triangle(time, 1100) + noise;
      channels[1][i] = 0.3f * triangle(time, 550 + round) - noise;
    }
    int32_t size = encode(encoder, COUNT);
    if (size < 0) return (uint32_t)size;
    hash = hashed(hash + (uint32_t)size, getOutput(encoder), (uint32_t)size);
  }
  return hash;
}
