// libjpeg-turbo, the portable code: a picture into baseline and progressive JPEG, and back.
#include <jpeglib.h>
#include <stdio.h>

#include "input.h"

enum { kWidth = 640, kHeight = 480, kRow = kWidth * 3 };

static unsigned long compress(uint8_t* picture, uint8_t** packed, int progressive) {
  struct jpeg_compress_struct state;
  struct jpeg_error_mgr errors;
  unsigned long size = 0;
  state.err = jpeg_std_error(&errors);
  jpeg_create_compress(&state);
  jpeg_mem_dest(&state, packed, &size);
  state.image_width = kWidth;
  state.image_height = kHeight;
  state.input_components = 3;
  state.in_color_space = JCS_RGB;
  jpeg_set_defaults(&state);
  jpeg_set_quality(&state, 85, TRUE);
  if (progressive) jpeg_simple_progression(&state);
  jpeg_start_compress(&state, TRUE);
  while (state.next_scanline < kHeight) {
    JSAMPROW row = picture + state.next_scanline * kRow;
    jpeg_write_scanlines(&state, &row, 1);
  }
  jpeg_finish_compress(&state);
  jpeg_destroy_compress(&state);
  return size;
}

static void decompress(uint8_t* packed, unsigned long size, uint8_t* picture) {
  struct jpeg_decompress_struct state;
  struct jpeg_error_mgr errors;
  state.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&state);
  jpeg_mem_src(&state, packed, size);
  jpeg_read_header(&state, TRUE);
  jpeg_start_decompress(&state);
  while (state.output_scanline < kHeight) {
    JSAMPROW row = picture + state.output_scanline * kRow;
    jpeg_read_scanlines(&state, &row, 1);
  }
  jpeg_finish_decompress(&state);
  jpeg_destroy_decompress(&state);
}

int main(void) {
  uint8_t* picture = inputPicture(kWidth, kHeight, 3);
  uint8_t* unpacked = benchAllocate(kHeight * kRow);
  benchBegin();
  for (int times = 0; times < 12; ++times) {
    uint8_t* packed = NULL;
    unsigned long size = compress(picture, &packed, times % 4 == 3);
    decompress(packed, size, unpacked);
    if (times >= 10)
      printf("%lu %08x %08x\n", size, inputHash(packed, size), inputHash(unpacked, kHeight * kRow));
    free(packed);
  }
  benchEnd();
}
