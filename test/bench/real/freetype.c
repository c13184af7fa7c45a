// FreeType: Nimbus Sans, hinted by its own programs and automatically, at several sizes.
#include <ft2build.h>
#include FT_FREETYPE_H

#include "input.h"

static const unsigned char kFont[] = {
#embed "NimbusSans-Regular.ttf"
};

// How much ink it takes.
static double draw(FT_Face face, int size, int flags) {
  double sum = 0;
  inputCheck(FT_Set_Pixel_Sizes(face, 0, size) == 0, "size");
  for (FT_ULong letter = 33; letter < 256; ++letter) {
    inputCheck(FT_Load_Char(face, letter, flags) == 0, "load");
    const FT_Bitmap* bitmap = &face->glyph->bitmap;
    for (unsigned i = 0; i < bitmap->rows * bitmap->width; ++i) sum += bitmap->buffer[i];
  }
  return sum;
}

int main(void) {
  FT_Library library;
  FT_Face face;
  inputCheck(FT_Init_FreeType(&library) == 0, "initialize");
  inputCheck(FT_New_Memory_Face(library, kFont, sizeof kFont, 0, &face) == 0, "font");
  double sum = 0;
  benchBegin();
  for (int size = 9; size < 60; size += 3) {
    sum += draw(face, size, FT_LOAD_RENDER);
    sum += draw(face, size, FT_LOAD_RENDER | FT_LOAD_FORCE_AUTOHINT);
    sum += draw(face, size, FT_LOAD_RENDER | FT_LOAD_NO_HINTING);
  }
  benchEnd();
  // Only roughly: fixed-point numbers have the size of `long`, and round differently.
  printf("%.3g\n", sum);
}
