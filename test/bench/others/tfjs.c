// @tensorflow/tfjs-backend-wasm: a few layers of a neural network, by XNNPACK.
#include "module.h"

FROM_MODULE("__wasm_call_ctors") void callConstructors(void);
FROM_MODULE("init") void initialize(void);
FROM_MODULE("malloc") void* allocate(uint32_t size);
FROM_MODULE("register_tensor") void registerTensor(uint32_t id, uint32_t length, void* data);
FROM_MODULE("Conv2D")
void conv2d(uint32_t in, uint32_t batch, uint32_t height, uint32_t width, uint32_t filter,
            uint32_t filterHeight, uint32_t filterWidth, uint32_t top, uint32_t right,
            uint32_t bottom, uint32_t left, uint32_t isSame, uint32_t dilationY, uint32_t dilationX,
            uint32_t strideY, uint32_t strideX, uint32_t inChannels, uint32_t outChannels,
            uint32_t out);
FROM_MODULE("_FusedMatMul")
void matMul(uint32_t a, const int32_t* aShape, uint32_t aRank, uint32_t b, const int32_t* bShape,
            uint32_t bRank, uint32_t isATransposed, uint32_t isBTransposed, uint32_t activation,
            uint32_t bias, uint32_t prelu, float leak, uint32_t out);
FROM_MODULE("Sigmoid") void sigmoid(uint32_t in, uint32_t out);
FROM_MODULE("Softmax") void softmax(uint32_t in, uint32_t out, uint32_t channels, uint32_t batch);

enum { SIDE = 48, CHANNELS = 16, PIXELS = SIDE * SIDE, ROUNDS = 8, CLASSES = 64 };
enum { IN = 1, FILTER, FEATURES, SQUASHED, WEIGHTS, SCORES, OUT };

static float* newTensor(uint32_t id, uint32_t length) {
  float* data = allocate(length * 4);
  fillFloats(data, length, id);
  registerTensor(id, length, data);
  return data;
}

uint64_t run(void) {
  uint64_t hash = HASH_START;
  callConstructors();
  initialize();
  float* in = newTensor(IN, PIXELS * CHANNELS);
  newTensor(FILTER, 3 * 3 * CHANNELS * CHANNELS);
  newTensor(FEATURES, PIXELS * CHANNELS);
  newTensor(SQUASHED, PIXELS * CHANNELS);
  newTensor(WEIGHTS, CHANNELS * CLASSES);
  newTensor(SCORES, PIXELS * CLASSES);
  float* out = newTensor(OUT, PIXELS * CLASSES);
  int32_t* shapes = allocate(24);
  shapes[0] = shapes[3] = 1;
  shapes[1] = PIXELS;
  shapes[2] = shapes[4] = CHANNELS;
  shapes[5] = CLASSES;
  for (uint32_t round = 0; round < ROUNDS; round++) {
    conv2d(IN, 1, SIDE, SIDE, FILTER, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, CHANNELS, CHANNELS,
           FEATURES);
    sigmoid(FEATURES, SQUASHED);
    matMul(SQUASHED, shapes, 3, WEIGHTS, shapes + 3, 3, 0, 0, 0, 0, 0, 0.0f, SCORES);
    softmax(SCORES, OUT, CLASSES, PIXELS);
    hash = hashed(hash, out, PIXELS * CLASSES * 4);
    in[round] += out[round];
  }
  return hash;
}
