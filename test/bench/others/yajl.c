// YAJL: parses JSON by callbacks and prints it with indentation.
#include "../real/input.h"
#include "api/yajl_gen.h"
#include "api/yajl_parse.h"

static int onNull(void* out) { return yajl_gen_null(out) == 0; }
static int onBoolean(void* out, int value) { return yajl_gen_bool(out, value) == 0; }
static int onNumber(void* out, const char* text, size_t size) {
  return yajl_gen_number(out, text, size) == 0;
}
static int onString(void* out, const unsigned char* text, size_t size) {
  return yajl_gen_string(out, text, size) == 0;
}
static int onMapStart(void* out) { return yajl_gen_map_open(out) == 0; }
static int onMapEnd(void* out) { return yajl_gen_map_close(out) == 0; }
static int onArrayStart(void* out) { return yajl_gen_array_open(out) == 0; }
static int onArrayEnd(void* out) { return yajl_gen_array_close(out) == 0; }

static const yajl_callbacks kCallbacks = {onNull,   onBoolean,    NULL,       NULL,
                                          onNumber, onString,     onMapStart, onString,
                                          onMapEnd, onArrayStart, onArrayEnd};

// Returns the size; `text` has room.
static size_t writeDocument(char* text) {
  uint64_t state = 9;
  size_t at = (size_t)sprintf(text, "[");
  for (int i = 0; i < 3000; ++i) {
    char word[16] = {0};
    inputWord(word, inputSkewed(&state, 5000));
    at += (size_t)sprintf(
        text + at, "%s{\"id\": %d,\"name\" :\"%s\\n\\u00e9\",\"list\":[1.5e3,true,null,-%d]}",
        i ? "," : "", i, word, i);
  }
  return at + (size_t)sprintf(text + at, "]");
}

int main(void) {
  char* text = benchAllocate(1 << 20);
  size_t size = writeDocument(text);
  uint32_t hash = 0;
  benchBegin();
  for (int round = 0; round < 5; ++round) {
    yajl_gen out = yajl_gen_alloc(NULL);
    yajl_gen_config(out, yajl_gen_beautify, 1);
    yajl_handle parser = yajl_alloc(&kCallbacks, NULL, out);
    inputCheck(yajl_parse(parser, (unsigned char*)text, size) == yajl_status_ok, "parse");
    inputCheck(yajl_complete_parse(parser) == yajl_status_ok, "end");
    const unsigned char* printed;
    size_t printedSize;
    yajl_gen_get_buf(out, &printed, &printedSize);
    hash = hash * 31 + inputHash((const char*)printed, printedSize);
    yajl_free(parser);
    yajl_gen_free(out);
  }
  benchEnd();
  printf("%08x\n", hash);
}
