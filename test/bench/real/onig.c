// Oniguruma: patterns of different kinds over text.
#include <oniguruma.h>

#include "input.h"

enum { kSize = 200 << 10 };

static const char* const kPatterns[] = {"tane\\w+",
                                        "(?i)\\b(the|des|mor|vequ)[a-z]*\\b",
                                        "[aeiou]{3,}",
                                        "(\\w+) (\\w+) \\1",
                                        "^[A-Z].*?\\.$",
                                        "(?:a|e|i|o|u)+x?n(?=\\s)",
                                        "(?<=\\. )[A-Z]\\w{4,8}(?! q)",
                                        "\\p{Lu}\\p{Ll}+[^.]{40,80}\\."};

static void search(const char* pattern, const char* text) {
  regex_t* regex;
  OnigErrorInfo error;
  const OnigUChar* from = (const OnigUChar*)pattern;
  int ok = onig_new(&regex, from, from + strlen(pattern), ONIG_OPTION_DEFAULT, ONIG_ENCODING_UTF8,
                    ONIG_SYNTAX_RUBY, &error);
  inputCheck(ok == ONIG_NORMAL, pattern);
  OnigRegion* region = onig_region_new();
  const OnigUChar *begin = (const OnigUChar*)text, *end = begin + kSize, *at = begin;
  unsigned matches = 0, letters = 0;
  while (at < end && onig_search(regex, begin, end, at, end, region, ONIG_OPTION_NONE) >= 0) {
    ++matches;
    letters += (unsigned)(region->end[0] - region->beg[0]);
    at = begin + region->end[0] + (region->end[0] == region->beg[0]);
  }
  printf("%u %u\n", matches, letters);
  onig_region_free(region, 1);
  onig_free(regex);
}

int main(void) {
  char* text = inputText(kSize, 19);
  OnigEncoding encodings[] = {ONIG_ENCODING_UTF8};
  onig_initialize(encodings, 1);
  benchBegin();
  for (size_t i = 0; i < sizeof kPatterns / sizeof *kPatterns; ++i) search(kPatterns[i], text);
  benchEnd();
}
