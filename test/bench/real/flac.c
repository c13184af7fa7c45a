// FLAC: two channels of sound are encoded at level 5 and decoded.
#include <FLAC/stream_decoder.h>
#include <FLAC/stream_encoder.h>

#include "input.h"

enum { kSamples = 44100 * 4, kBlock = 4096 };

static uint8_t file[4 << 20];
static size_t fileSize, fileAt;
static uint32_t decoded;

static FLAC__StreamEncoderWriteStatus append(const FLAC__StreamEncoder* encoder,
                                             const FLAC__byte* bytes, size_t size, unsigned samples,
                                             unsigned frame, void* data) {
  (void)encoder, (void)samples, (void)frame, (void)data;
  inputCheck(fileSize + size <= sizeof file, "file size");
  memcpy(file + fileSize, bytes, size);
  fileSize += size;
  return FLAC__STREAM_ENCODER_WRITE_STATUS_OK;
}

static FLAC__StreamDecoderReadStatus take(const FLAC__StreamDecoder* decoder, FLAC__byte* bytes,
                                          size_t* size, void* data) {
  (void)decoder, (void)data;
  if (*size > fileSize - fileAt) *size = fileSize - fileAt;
  memcpy(bytes, file + fileAt, *size);
  fileAt += *size;
  return *size ? FLAC__STREAM_DECODER_READ_STATUS_CONTINUE
               : FLAC__STREAM_DECODER_READ_STATUS_END_OF_STREAM;
}

static FLAC__StreamDecoderWriteStatus hear(const FLAC__StreamDecoder* decoder,
                                           const FLAC__Frame* frame,
                                           const FLAC__int32* const* channels, void* data) {
  (void)decoder, (void)data;
  decoded = decoded * 31 + inputHash(channels[0], frame->header.blocksize * sizeof(FLAC__int32));
  return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
}

static void fail(const FLAC__StreamDecoder* decoder, FLAC__StreamDecoderErrorStatus status,
                 void* data) {
  (void)decoder, (void)status, (void)data;
  inputCheck(0, "decode");
}

// Triangle waves that change their pitch, and a little noise.
static FLAC__int32* makeSound(void) {
  FLAC__int32* sound = benchAllocate(2 * kSamples * sizeof *sound);
  uint64_t state = 21;
  for (int i = 0; i < kSamples; ++i) {
    int period = 60 + i / 3000, phase = i % period, slow = i % 997;
    int wave = (phase < period / 2 ? phase : period - phase) * 12000 / period + slow * 4;
    sound[2 * i] = wave + (int)(inputNext(&state) % 32);
    sound[2 * i + 1] = wave / 2 - slow + (int)(inputNext(&state) % 64);
  }
  return sound;
}

static void encode(const FLAC__int32* sound) {
  FLAC__StreamEncoder* encoder = FLAC__stream_encoder_new();
  FLAC__stream_encoder_set_channels(encoder, 2);
  FLAC__stream_encoder_set_bits_per_sample(encoder, 16);
  FLAC__stream_encoder_set_compression_level(encoder, 5);
  int ok = FLAC__stream_encoder_init_stream(encoder, append, NULL, NULL, NULL, NULL);
  inputCheck(ok == FLAC__STREAM_ENCODER_INIT_STATUS_OK, "encoder");
  for (int at = 0; at < kSamples; at += kBlock) {
    int count = kSamples - at < kBlock ? kSamples - at : kBlock;
    inputCheck(FLAC__stream_encoder_process_interleaved(encoder, sound + 2 * at, count), "encode");
  }
  FLAC__stream_encoder_finish(encoder);
  FLAC__stream_encoder_delete(encoder);
}

static void decode(void) {
  FLAC__StreamDecoder* decoder = FLAC__stream_decoder_new();
  int ok = FLAC__stream_decoder_init_stream(decoder, take, NULL, NULL, NULL, NULL, hear, NULL, fail,
                                            NULL);
  inputCheck(ok == FLAC__STREAM_DECODER_INIT_STATUS_OK, "decoder");
  inputCheck(FLAC__stream_decoder_process_until_end_of_stream(decoder), "stream");
  FLAC__stream_decoder_delete(decoder);
}

int main(void) {
  FLAC__int32* sound = makeSound();
  benchBegin();
  encode(sound);
  for (int times = 0; times < 4; ++times) {
    fileAt = 0;
    decode();
  }
  benchEnd();
  printf("%08x\n", decoded);
}
