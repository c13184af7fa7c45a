#include "loader/options/given_options.h"

#include <cstdlib>
#include <string_view>

namespace options {
namespace {

using base::Error;
using base::Result;

constexpr char kVariable[] = "WASM2OBJ_OPTIONS";

std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> words;
  bool isInWord = false;
  char quote = '\0';
  for (char c : text) {
    bool isSpace = quote == '\0' && (c == ' ' || c == '\t' || c == '\n');
    if (!isSpace && !isInWord) words.emplace_back();
    isInWord = !isSpace;
    if (c == quote) {
      quote = '\0';
    } else if (quote == '\0' && (c == '\'' || c == '"')) {
      quote = c;
    } else if (!isSpace) {
      words.back() += c;
    }
  }
  return words;
}

}  // namespace

Result<void> addOptions(GuestOptions& target, std::vector<std::string> words) {
  std::vector<Option> all = guestOptions(target, UnsetVariable::Omitted);
  OptionParser parser(std::move(words), all);
  while (parser.atOption()) TRY(parser.takeOption());
  if (parser.hasWord()) return Error{parser.next(), "is no option"};
  return {};
}

Result<void> addOptionsOfEnvironment(GuestOptions& target) {
  const char* text = ::secure_getenv(kVariable);
  if (text == nullptr) return {};
  auto added = addOptions(target, wordsOf(text));
  if (!added) return Error{kVariable, added.error().text()};
  return {};
}

}  // namespace options
