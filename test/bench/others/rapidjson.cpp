// RapidJSON: parses a document of measured values and prints the shortest numbers that give them.
#include "../real/input.h"
#include "rapidjson/document.h"
#include "rapidjson/stringbuffer.h"
#include "rapidjson/writer.h"

// Returns the size; `text` has room.
static size_t writeDocument(char* text) {
  uint64_t state = 11;
  size_t at = (size_t)sprintf(text, "[");
  for (int i = 0; i < 4000; ++i) {
    unsigned whole = inputNext(&state) % 1000, fraction = inputNext(&state);
    at += (size_t)sprintf(text + at, "%s{\"time\":%d,\"at\":[%u.%010u,-%u.%06ue-%u],\"ok\":true}",
                          i ? "," : "", i, whole, fraction, whole % 10, fraction % 1000000,
                          whole % 30);
  }
  return at + (size_t)sprintf(text + at, "]");
}

int main() {
  char* text = (char*)benchAllocate(1 << 20);
  size_t size = writeDocument(text);
  uint32_t hash = 0;
  benchBegin();
  for (int round = 0; round < 5; ++round) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseFullPrecisionFlag>(text, size);
    inputCheck(!document.HasParseError(), "parse");
    rapidjson::StringBuffer out;
    rapidjson::Writer<rapidjson::StringBuffer> writer(out);
    document.Accept(writer);
    hash = hash * 31 + inputHash(out.GetString(), out.GetSize());
  }
  benchEnd();
  printf("%08x\n", hash);
}
