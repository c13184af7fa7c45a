// Positions in a source text: conversion of offsets to line and column, errors that show the source
// line, and a map from encoded instructions to their source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace wasm {

// A position in a text. Both numbers count from 1; columns count Unicode code points, not bytes.
struct LineColumn {
  uint32_t line = 1;
  uint32_t column = 1;
  friend bool operator==(LineColumn, LineColumn) = default;
};

// Returns the line and column of the byte at `offset`, or of the end of the text if `offset` is
// beyond it. A line ends with LF, CR or CR LF. Takes time proportional to `offset`.
LineColumn lineColumn(std::string_view text, uint32_t offset);

// Returns an error at "file:line:column" whose message is followed by the source line and a caret
// below the column. Of a long line only the part around the column is shown. Control characters and
// malformed UTF-8 are replaced by question marks.
base::Error textError(std::string_view fileName, std::string_view text, uint32_t offset,
                      std::string message);

// The map from offsets in a module's encoded instructions to offsets in the text. Both are in
// bytes.
class TextPositions {
 public:
  // `text` must outlive this object.
  explicit TextPositions(std::string_view text) : text_(text) {}

  // Adds an entry. Calls must be in ascending order of `codeOffset`.
  void add(uint32_t codeOffset, uint32_t textOffset) {
    entries_.push_back({codeOffset, textOffset});
  }

  std::string_view text() const { return text_; }
  // Returns the offset in the text of the construct that starts at `codeOffset` or, if none does,
  // of the last one that starts before it; 0 if there is none. Takes logarithmic time.
  uint32_t textOffset(uint32_t codeOffset) const;

 private:
  struct Entry {
    uint32_t codeOffset;
    uint32_t textOffset;
  };

  std::string_view text_;
  std::vector<Entry> entries_;
};

}  // namespace wasm
