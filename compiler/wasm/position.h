// Places in a text: line and column, errors that show the line, and the way back from the encoded
// instructions to the text they come from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace wasm {

// Both count from 1; a column is a character.
struct LineColumn {
  uint32_t line = 1;
  uint32_t column = 1;
  friend bool operator==(LineColumn, LineColumn) = default;
};

LineColumn lineColumn(std::string_view text, uint32_t offset);

// An error at "file:line:column", with the source line and a caret below the message. Of a very
// long line only the part around the place is shown.
base::Error textError(std::string_view fileName, std::string_view text, uint32_t offset,
                      std::string message);

// Maps offsets in a module's encoded instructions to offsets in the text.
class TextPositions {
 public:
  // `text` must outlive the positions.
  explicit TextPositions(std::string_view text) : text_(text) {}

  // In ascending order of `codeOffset`.
  void add(uint32_t codeOffset, uint32_t textOffset) {
    entries_.push_back({codeOffset, textOffset});
  }

  std::string_view text() const { return text_; }
  // Of the construct that starts at `codeOffset`, or is the last to start before it.
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
