// The files of the example: sections, each with a line `=== KIND WORDS` and its content.
#ifndef PROXY_WASM_SECTIONS_H
#define PROXY_WASM_SECTIONS_H

#include <string>
#include <utility>
#include <vector>

#include "headers.h"

namespace proxy_wasm {

struct Section {
  std::string kind;
  std::vector<std::string> words;  // behind the kind
  std::string content;             // without newlines at its end
  std::string place;               // FILE:LINE, for messages

  // Returns a word, `otherwise` if there are not so many.
  std::string word(size_t index, const std::string& otherwise) const;
  // Returns a word that is a number. Throws a std::runtime_error if it is none.
  uint64_t number(size_t index, uint64_t otherwise) const;
  // Returns the content as lines `name: value`, and what follows the first empty line. Throws a
  // std::runtime_error if a line is none.
  std::pair<Headers, std::string> message() const;
};

// Reads a file. What precedes the first section is a comment. Throws a std::runtime_error if it
// cannot be read.
std::vector<Section> readSections(const std::string& path);

}  // namespace proxy_wasm

#endif
