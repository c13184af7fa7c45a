#include "compiler/wasm/position.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/utf8.h"

namespace wasm {
namespace {

// How many bytes of a line are shown to the left and to the right of a position.
constexpr size_t kShownBefore = 60;
constexpr size_t kShownAfter = 60;
constexpr std::string_view kCut = "...";
constexpr std::string_view kNewlines = "\n\r";

// Returns whether `c` is a byte of a UTF-8 sequence other than the first.
bool isContinuation(char c) { return (static_cast<uint8_t>(c) & 0xc0) == 0x80; }

size_t characters(std::string_view text) {
  return text.size() - static_cast<size_t>(std::count_if(text.begin(), text.end(), isContinuation));
}

std::string_view lineAt(std::string_view text, size_t offset) {
  size_t newline = offset == 0 ? std::string_view::npos : text.find_last_of(kNewlines, offset - 1);
  size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  return text.substr(begin, text.find_first_of(kNewlines, begin) - begin);
}

// Returns `text` with control characters and malformed UTF-8 replaced, since a module from an
// untrusted source could otherwise send escape sequences to the terminal.
std::string printable(std::string_view text) {
  bool hasUtf8 = base::isUtf8(text);
  std::string out;
  for (char c : text) {
    bool isControl = static_cast<uint8_t>(c) < 0x20 || c == 0x7f;
    bool isShown = static_cast<uint8_t>(c) < 0x80 ? !isControl || c == '\t' : hasUtf8;
    out.push_back(isShown ? c : '?');
  }
  return out;
}

// Returns blanks, and the tabs of `text`, that are as wide as `text`.
std::string blanks(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (!isContinuation(c)) out.push_back(c == '\t' ? '\t' : ' ');
  }
  return out;
}

// Returns the line that holds `at`, and below it a line with a caret at that column. The cuts are
// moved to the boundaries of characters, so that the excerpt remains UTF-8.
std::string excerpt(std::string_view line, size_t at) {
  size_t begin = at > kShownBefore ? at - kShownBefore : 0;
  size_t end = std::min(line.size(), at + kShownAfter);
  while (begin > 0 && isContinuation(line[begin])) --begin;
  while (end < line.size() && isContinuation(line[end])) ++end;
  std::string before = printable(line.substr(begin, at - begin));
  if (begin > 0) before.insert(0, kCut);
  std::string after = printable(line.substr(at, end - at));
  if (end < line.size()) after += kCut;
  return fmt::format("{}{}\n{}^", before, after, blanks(before));
}

}  // namespace

LineColumn lineColumn(std::string_view text, uint32_t offset) {
  size_t end = std::min<size_t>(offset, text.size());
  LineColumn place;
  size_t lineBegin = 0;
  for (size_t at = 0; at < end; ++at) {
    // CR LF is one newline: the CR is skipped and the LF counts.
    bool isNewline = text[at] == '\n' || (text[at] == '\r' && text.substr(at + 1, 1) != "\n");
    if (!isNewline) continue;
    ++place.line;
    lineBegin = at + 1;
  }
  place.column += static_cast<uint32_t>(characters(text.substr(lineBegin, end - lineBegin)));
  return place;
}

base::Error textError(std::string_view fileName, std::string_view text, uint32_t offset,
                      std::string message) {
  size_t at = std::min<size_t>(offset, text.size());
  LineColumn place = lineColumn(text, offset);
  std::string_view line = lineAt(text, at);
  size_t atInLine = static_cast<size_t>(text.data() + at - line.data());
  return {fmt::format("{}:{}:{}", fileName, place.line, place.column),
          fmt::format("{}\n{}", message, excerpt(line, std::min(atInLine, line.size())))};
}

uint32_t TextPositions::textOffset(uint32_t codeOffset) const {
  auto after = std::upper_bound(
      entries_.begin(), entries_.end(), codeOffset,
      [](uint32_t offset, const Entry& entry) { return offset < entry.codeOffset; });
  return after == entries_.begin() ? 0 : std::prev(after)->textOffset;
}

}  // namespace wasm
