// harfbuzzjs: shapes text in a font.
#include "module.h"

FROM_MODULE("__wasm_call_ctors") void callConstructors(void);
FROM_MODULE("malloc") void* allocate(uint32_t size);
FROM_MODULE("hb_blob_create")
void* newBlob(const void* data, uint32_t size, int32_t mode, void* user, uint32_t destroy);
FROM_MODULE("hb_face_create") void* newFace(void* blob, uint32_t index);
FROM_MODULE("hb_font_create") void* newFont(void* face);
FROM_MODULE("hb_buffer_create") void* newBuffer(void);
FROM_MODULE("hb_buffer_destroy") void deleteBuffer(void* buffer);
FROM_MODULE("hb_buffer_add_utf8")
void addText(void* buffer, const char* text, int32_t size, uint32_t from, int32_t length);
FROM_MODULE("hb_buffer_guess_segment_properties") void guessProperties(void* buffer);
FROM_MODULE("hb_shape") void shape(void* font, void* buffer, const void* features, uint32_t count);
FROM_MODULE("hb_buffer_get_length") uint32_t lengthOf(void* buffer);
FROM_MODULE("hb_buffer_get_glyph_infos") const void* glyphs(void* buffer, uint32_t* length);
FROM_MODULE("hb_buffer_get_glyph_positions") const void* positions(void* buffer, uint32_t* length);

enum { GLYPH_SIZE = 20, WRITABLE = 2, ROUNDS = 1500, LINE = 120 };

uint64_t run(void) {
  uint64_t hash = HASH_START;
  callConstructors();
  uint8_t* data = allocate(inputSize());
  copyInput(data, 0, inputSize());
  void* font = newFont(newFace(newBlob(data, inputSize(), WRITABLE, 0, 0), 0));
  char* text = allocate(LINE);
  uint32_t seed = 1;
  for (uint32_t round = 0; round < ROUNDS; round++) {
    for (uint32_t i = 0; i < LINE; i++) {
      uint32_t letter = nextRandom(&seed) % 31;
      text[i] = (char)(letter < 26 ? 'a' + letter : letter == 26 ? 'f' : letter == 27 ? 'T' : ' ');
    }
    void* buffer = newBuffer();
    addText(buffer, text, LINE, 0, LINE);
    guessProperties(buffer);
    shape(font, buffer, 0, 0);
    uint32_t count = lengthOf(buffer);
    hash = hashed(hash + count, glyphs(buffer, 0), count * GLYPH_SIZE);
    hash = hashed(hash, positions(buffer, 0), count * GLYPH_SIZE);
    deleteBuffer(buffer);
  }
  return hash;
}
