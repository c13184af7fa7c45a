#include "loader/embed/typed/func_type.h"

#include <fmt/format.h>

#include <optional>

namespace embed {
namespace {

std::optional<abi::ValueType> valueType(char letter) {
  switch (letter) {
    case 'i':
      return abi::kI32;
    case 'I':
      return abi::kI64;
    case 'f':
      return abi::kF32;
    case 'F':
      return abi::kF64;
    default:
      return std::nullopt;
  }
}

}  // namespace

base::Result<runtime::FuncType> parseFuncType(std::string_view text) {
  auto malformed = [text](std::string_view why) {
    return base::Error{"",
                       fmt::format("the type '{}' {}, expected one such as '(iI)f'", text, why)};
  };
  size_t end = text.find(')');
  if (text.empty() || text.front() != '(') return malformed("does not begin with '('");
  if (end == text.npos) return malformed("has no ')'");
  runtime::FuncType type;
  for (size_t i = 1; i < text.size(); ++i) {
    if (i == end) continue;
    std::optional<abi::ValueType> value = valueType(text[i]);
    if (!value) return malformed(fmt::format("has the letter '{}'", text[i]));
    (i < end ? type.params : type.results).push_back(*value);
  }
  return type;
}

}  // namespace embed
