// es-module-lexer: finds imports and exports in a large ECMAScript module.
#include "module.h"

FROM_MODULE("sa") uint16_t* allocateSource(uint32_t length);
FROM_MODULE("parse") int32_t parse(void);
FROM_MODULE("ri") int32_t nextImport(void);
FROM_MODULE("re") int32_t nextExport(void);
FROM_MODULE("is") uint32_t importStart(void);
FROM_MODULE("ie") uint32_t importEnd(void);
FROM_MODULE("e") uint32_t errorPlace(void);

enum { ROUNDS = 12, PAGE = 65536 };

uint64_t run(void) {
  uint64_t hash = HASH_START;
  uint32_t length = inputSize();
  __builtin_wasm_memory_grow(0, (4 * length + PAGE) / PAGE);
  for (uint32_t round = 0; round < ROUNDS; round++) {
    uint16_t* source = allocateSource(length);
    const uint8_t* bytes = (uint8_t*)source + length;
    copyInput((uint8_t*)source + length, 0, inputSize());
    for (uint32_t i = 0; i < length; i++) source[i] = bytes[i];
    source[length] = 0;
    if (!parse()) return errorPlace();
    while (nextImport()) hash = hash * 31 + importStart() + importEnd();
    while (nextExport()) hash++;
  }
  return hash;
}
