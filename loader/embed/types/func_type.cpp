#include "loader/embed/types/func_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace embed {
namespace {

struct LetterRow {
  char letter;
  abi::ValueType type;
  Letters kind;  // in which it is
};

constexpr LetterRow kLetters[] = {
    {'i', abi::kI32, Letters::Numbers}, {'I', abi::kI64, Letters::Numbers},
    {'f', abi::kF32, Letters::Numbers}, {'F', abi::kF64, Letters::Numbers},
    {'v', abi::kV128, Letters::All},    {'x', abi::kExternRef, Letters::All},
    {'c', abi::kFuncRef, Letters::All},
};

constexpr char kOtherReference = 'r';

}  // namespace

std::optional<abi::ValueType> valueTypeOf(char letter, Letters letters) {
  for (const LetterRow& row : kLetters) {
    bool isIncluded = letters == Letters::All || row.kind == Letters::Numbers;
    if (row.letter == letter && isIncluded) return row.type;
  }
  return std::nullopt;
}

base::Result<runtime::FuncType> parseFuncType(std::string_view text, Letters letters) {
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
    std::optional<abi::ValueType> value = valueTypeOf(text[i], letters);
    if (!value) return malformed(fmt::format("has the letter '{}'", text[i]));
    (i < end ? type.params : type.results).push_back(*value);
  }
  return type;
}

std::string funcTypeText(const runtime::FuncType& type) {
  std::string text = "(";
  std::ranges::transform(type.params, std::back_inserter(text), letterOf);
  text.push_back(')');
  std::ranges::transform(type.results, std::back_inserter(text), letterOf);
  return text;
}

char letterOf(const abi::ValueType& type) {
  const auto* row = std::ranges::find(kLetters, type, &LetterRow::type);
  return row == std::end(kLetters) ? kOtherReference : row->letter;
}

}  // namespace embed
