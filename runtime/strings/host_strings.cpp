#include "runtime/strings/host_strings.h"

#include <fmt/format.h>

#include <iterator>

#include "runtime/base/check.h"
#include "runtime/strings/string_object.h"
#include "runtime/strings/transcode.h"

namespace strings {
namespace {

base::Result<runtime::Value> asValue(uint64_t word) {
  if (word == 0) return base::Error{"", "a string does not fit into the heap"};
  runtime::Value value = runtime::Value::externRef(nullptr);
  value.slot.i64 = word;
  return value;
}

void appendEscaped(std::string& out, char32_t codePoint) {
  constexpr char32_t kDelete = 0x7f;
  if (codePoint == '"' || codePoint == '\\') {
    out += '\\';
    out += static_cast<char>(codePoint);
  } else if (codePoint == '\n') {
    out += "\\n";
  } else if (codePoint == '\t') {
    out += "\\t";
  } else if (codePoint < ' ' || codePoint == kDelete || isSurrogate(codePoint)) {
    out += fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(codePoint));
  } else {
    appendUtf8(out, codePoint);
  }
}

Units unitsIn(const std::u16string& text) {
  return {text.data(), static_cast<uint32_t>(text.size()), true};
}

}  // namespace

base::Result<runtime::Value> makeString(runtime::Store& store, std::string_view utf8) {
  return asValue(newString(store.state(), utf8));
}

base::Result<runtime::Value> makeString(runtime::Store& store, std::u16string_view utf16) {
  if (utf16.size() > kMaxLength) return asValue(0);
  Units units(utf16.data(), static_cast<uint32_t>(utf16.size()), true);
  return asValue(newString(store.state(), units));
}

std::string stringText(uint64_t word) {
  CHECK(isString(word));
  std::u16string copy = copyOf(word);
  std::string text(utf8SizeOf(unitsIn(copy)), '\0');
  toUtf8(unitsIn(copy), reinterpret_cast<uint8_t*>(text.data()));
  return text;
}

std::string quotedText(uint64_t word) {
  CHECK(isString(word));
  std::u16string copy = copyOf(word);
  Units units = unitsIn(copy);
  std::string out = "\"";
  for (uint32_t i = 0; i < units.length(); ++i) {
    char32_t codePoint = codePointAt(units, i);
    appendEscaped(out, codePoint);
    if (codePoint >= kFirstPair) ++i;
  }
  return out + '"';
}

}  // namespace strings
