// Expat: a document with nested elements, attributes, entities and name spaces.
#include <expat.h>

#include "input.h"

#ifdef __wasi__
// Expat wants it for arbitrary numbers, of which none is used here.
int getpid(void) { return 1; }
#endif

static unsigned elements, attributes, depth, deepest;
static size_t letters;

static void XMLCALL start(void* unused, const XML_Char* name, const XML_Char** values) {
  (void)unused;
  elements += (unsigned)strlen(name);
  for (; *values; values += 2) ++attributes;
  if (++depth > deepest) deepest = depth;
}

static void XMLCALL end(void* unused, const XML_Char* name) {
  (void)unused, (void)name;
  --depth;
}

static void XMLCALL characters(void* unused, const XML_Char* text, int size) {
  (void)unused;
  for (int i = 0; i < size; ++i) letters += text[i] != ' ';
}

static size_t makeDocument(char* document) {
  static const char* const kNames[] = {"section", "p", "x:item", "emphasis", "quotation"};
  char* at = document + sprintf(document, "<?xml version='1.0'?><book xmlns:x='urn:x'>");
  char* text = inputText(1 << 20, 16);
  uint64_t state = 16;
  for (int i = 0; i < 9000; ++i) {
    unsigned levels = 1 + inputNext(&state) % 5;
    for (unsigned level = 0; level < levels; ++level)
      at += sprintf(at, "<%s id='n%d' x:level=\"%u\">", kNames[level], i, level);
    at += sprintf(at, "%.60s &amp; &#233;<br/>", text + inputNext(&state) % (1 << 19));
    while (levels-- > 0) at += sprintf(at, "</%s>\n", kNames[levels]);
  }
  at += sprintf(at, "</book>");
  return (size_t)(at - document);
}

int main(void) {
  char* document = benchAllocate(8 << 20);
  size_t size = makeDocument(document);
  benchBegin();
  for (int times = 0; times < 8; ++times) {
    XML_Parser parser = XML_ParserCreateNS(NULL, '|');
    XML_SetHashSalt(parser, 17);
    XML_SetElementHandler(parser, start, end);
    XML_SetCharacterDataHandler(parser, characters);
    for (size_t at = 0; at < size; at += 1 << 16) {
      int part = size - at < 1 << 16 ? (int)(size - at) : 1 << 16;
      inputCheck(XML_Parse(parser, document + at, part, at + part == size) == XML_STATUS_OK,
                 "parse");
    }
    XML_ParserFree(parser);
  }
  benchEnd();
  printf("%zu %u %u %u %zu\n", size, elements, attributes, deepest, letters);
}
