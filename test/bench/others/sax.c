// sax-wasm: parses XML and tells what it finds by a callback.
#include "module.h"

FROM_MODULE("parser") void start(uint32_t events);
FROM_MODULE("write") void writeText(const void* text, uint32_t size);
FROM_MODULE("end") void end(void);

enum { ALL_EVENTS = 0x3ff, ROUNDS = 40, PLACE = 4, LONGEST = 32768, SUM = 524288 };

// The sum of events is in the part of the module's stack that it never reaches.
EXPORTED("event_listener") void onEvent(uint32_t event, const uint8_t* what) {
  uint64_t* sum = (uint64_t*)SUM;
  *sum = *sum * 31 + event + what[0];
}

// Texts are put where sax-wasm's own JavaScript puts them.
uint64_t run(void) {
  for (uint32_t round = 0; round < ROUNDS; round++) {
    start(ALL_EVENTS);
    copyInput((void*)PLACE, 0, inputSize() < LONGEST ? inputSize() : LONGEST);
    writeText((void*)PLACE, inputSize() < LONGEST ? inputSize() : LONGEST);
    end();
  }
  return *(uint64_t*)SUM;
}
