// source-map: parses the mappings of a source map, sorts them and looks up what is at each line.
#include "module.h"

FROM_MODULE("allocate_mappings") char* allocateMappings(uint32_t size);
FROM_MODULE("parse_mappings") void* parseMappings(char* text);
FROM_MODULE("free_mappings") void freeMappings(void* mappings);
FROM_MODULE("compute_column_spans") void computeColumnSpans(void* mappings);
FROM_MODULE("by_original_location") void byOriginalLocation(void* mappings);
FROM_MODULE("original_location_for")
void originalLocationFor(void* mappings, uint32_t line, uint32_t column, uint32_t bias);

enum { ROUNDS = 6, LINES = 3000 };

// The module calls this with what it has found; its sum is where the module has nothing.
static uint64_t* sum(void) { return (uint64_t*)16; }

EXPORTED("mapping_callback")
void found(uint32_t line, uint32_t column, uint32_t hasLast, uint32_t last, uint32_t hasOriginal,
           uint32_t source, uint32_t originalLine, uint32_t originalColumn, uint32_t hasName,
           uint32_t name) {
  uint32_t place = line + column + hasLast + last + hasOriginal + source;
  *sum() =
      (*sum() ^ (place + originalLine * 3 + originalColumn * 7 + hasName + name)) * 0x100000001b3;
}

// Where the value of "mappings" begins.
static uint32_t startOfMappings(const char* text) {
  uint32_t at = 0;
  while (text[at] != '"' || text[at + 1] != 'm' || text[at + 2] != 'a' || text[at + 9] != '"') at++;
  return at + 12;
}

uint64_t run(void) {
  for (uint32_t round = 0; round < ROUNDS; round++) {
    char* text = allocateMappings(inputSize());
    copyInput(text, 0, inputSize());
    uint32_t start = startOfMappings(text), size = 0;
    char* copy = text;
    for (; text[start + size] != '"'; size++) {
    }
    char* mappingsText = allocateMappings(size);
    for (uint32_t i = 0; i < size; i++) mappingsText[i] = copy[start + i];
    void* mappings = parseMappings(mappingsText);
    if (!mappings) return round;
    computeColumnSpans(mappings);
    byOriginalLocation(mappings);
    for (uint32_t line = 1; line < LINES; line++) originalLocationFor(mappings, line, line % 40, 1);
    freeMappings(mappings);
  }
  return *sum();
}
