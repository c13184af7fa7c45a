// cmark: Markdown with headings, lists, links and code, to HTML.
#include <cmark.h>

#include "input.h"

static size_t makeDocument(char* document) {
  char* text = inputText(1 << 20, 18);
  char* at = document;
  uint64_t state = 18;
  for (int i = 0; i < 8000; ++i) {
    const char* words = text + inputNext(&state) % (1 << 19);
    switch (inputNext(&state) % 6) {
      case 0:
        at += sprintf(at, "\n## %.30s\n\n", words);
        break;
      case 1:
        at += sprintf(at, "- %.20s\n  1. *%.20s*\n", words, words + 30);
        break;
      case 2:
        at += sprintf(at, "see [%.15s](http://a.b/%d \"%.9s\") and `%.12s`\n", words, i, words,
                      words);
        break;
      case 3:
        at += sprintf(at, "\n    %.70s\n\n", words);
        break;
      case 4:
        at += sprintf(at, "> %.50s **%.20s** &copy; <b>x</b>\n", words, words + 60);
        break;
      default:
        at += sprintf(at, "%.200s\n\n", words);
    }
  }
  return (size_t)(at - document);
}

int main(void) {
  char* document = benchAllocate(8 << 20);
  size_t size = makeDocument(document);
  char* html = NULL;
  benchBegin();
  for (int times = 0; times < 8; ++times) {
    free(html);
    html = cmark_markdown_to_html(document, size, CMARK_OPT_SMART);
  }
  benchEnd();
  printf("%zu %08x\n", strlen(html), inputHash(html, strlen(html)));
}
