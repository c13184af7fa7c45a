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

// Returns the line and column of the byte at `offset`. Takes time in proportion to `offset`.
LineColumn lineColumn(std::string_view text, uint32_t offset);

// Returns an error at "file:line:column" whose message is followed by the source line and a caret
// below the column. If the line is very long, only the part around the column is shown.
base::Error textError(std::string_view fileName, std::string_view text, uint32_t offset,
                      std::string message);

// Maps offsets in a module's encoded instructions to offsets in the text.
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
  // of the last one that starts before it.
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
