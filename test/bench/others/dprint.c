// A plugin of dprint: formats a text. It shares its bytes with the host.
#include "module.h"

FROM_MODULE("clear_shared_bytes") char* clearSharedBytes(uint32_t size);
FROM_MODULE("get_shared_bytes_ptr") const char* sharedBytes(void);
FROM_MODULE("register_config") void registerConfig(uint32_t id);
FROM_MODULE("set_file_path") void setFilePath(void);
FROM_MODULE("format") uint32_t format(uint32_t configId);
FROM_MODULE("get_formatted_text") uint32_t getFormattedText(void);
FROM_MODULE("get_error_text") uint32_t getErrorText(void);

enum { CONFIG = 1, CHANGED = 1, LONGEST_LINE = 80 };

// Where the line of the input ends that begins at `from`.
static uint32_t lineEnd(uint32_t from) {
  const char* text = clearSharedBytes(LONGEST_LINE);
  copyInput((void*)text, from, LONGEST_LINE);
  while (*text++ != '\n') from++;
  return from;
}

static void share(uint32_t from, uint32_t to) {
  copyInput(clearSharedBytes(to - from), from, to - from);
}

// The input is the configuration, the file's name, and the text; the first two are lines.
uint64_t run(void) {
  uint64_t hash = HASH_START;
  uint32_t configurationEnd = lineEnd(0), nameEnd = lineEnd(configurationEnd + 1);
  share(0, configurationEnd);
  registerConfig(CONFIG);
  for (uint32_t round = 0; round < ROUNDS; round++) {
    share(configurationEnd + 1, nameEnd);
    setFilePath();
    share(nameEnd + 1, inputSize());
    uint32_t changed = format(CONFIG);
    uint32_t size = changed == CHANGED ? getFormattedText() : getErrorText();
    hash = hashed(hash + changed, sharedBytes(), size);
  }
  return hash;
}
