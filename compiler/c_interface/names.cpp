#include "compiler/c_interface/names.h"

#include <fmt/format.h>

namespace c_interface {
namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isUpperHexDigit(char c) { return isDigit(c) || (c >= 'A' && c <= 'F'); }

// Returns whether the text, which begins with an underscore, looks like a byte that mangle() has
// written.
bool looksEscaped(std::string_view text) {
  return text.size() > 3 && text[1] == 'x' && isUpperHexDigit(text[2]) && isUpperHexDigit(text[3]);
}

}  // namespace

std::string mangle(std::string_view name) {
  std::string result;
  for (; !name.empty(); name.remove_prefix(1)) {
    char c = name.front();
    bool isPlain = isLetter(c) || isDigit(c) || (c == '_' && !looksEscaped(name));
    if (isPlain) {
      result += c;
    } else {
      result += fmt::format("_x{:02X}_", static_cast<uint8_t>(c));
    }
  }
  return result;
}

std::string identifier(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (isDigit(c) && result.empty()) result += '_';
    result += isLetter(c) || isDigit(c) ? c : '_';
  }
  return result.empty() ? "_" : result;
}

std::string prefixFor(std::string_view text) {
  std::string prefix = identifier(text);
  bool isOfOthers = prefix == "_" || prefix.starts_with("__") || prefix.starts_with("wasm2obj");
  return isOfOthers ? "m_" + prefix : prefix;
}

std::string Names::take(const std::string& name) {
  std::string taken = name;
  for (int number = 2; isReserved(taken) || !taken_.insert(taken).second; ++number) {
    taken = fmt::format("{}_{}", name, number);
  }
  return taken;
}

}  // namespace c_interface
