// PCRE2, its interpreter: patterns of different kinds over text.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

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
  int error;
  PCRE2_SIZE at;
  pcre2_code* code =
      pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_MULTILINE, &error, &at, NULL);
  inputCheck(code != NULL, pattern);
  pcre2_match_data* match = pcre2_match_data_create_from_pattern(code, NULL);
  PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(match);
  unsigned matches = 0, letters = 0;
  for (at = 0; pcre2_match(code, (PCRE2_SPTR)text, kSize, at, 0, match, NULL) > 0; ++matches) {
    letters += (unsigned)(offsets[1] - offsets[0]);
    at = offsets[1] > offsets[0] ? offsets[1] : offsets[1] + 1;
  }
  printf("%u %u\n", matches, letters);
  pcre2_match_data_free(match);
  pcre2_code_free(code);
}

int main(void) {
  char* text = inputText(kSize, 19);
  benchBegin();
  for (size_t i = 0; i < sizeof kPatterns / sizeof *kPatterns; ++i) search(kPatterns[i], text);
  benchEnd();
}
