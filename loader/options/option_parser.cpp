#include "loader/options/option_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/base/nearest.h"

namespace options {

using base::Error;
using base::Result;

namespace {

// Returns the help for an option. The text is on the next line behind a spelling that is longer
// than its column.
std::string lineFor(const Option& option) {
  std::string spelling = option.letter == 0 ? "" : fmt::format("-{}", option.letter);
  if (option.name[0] != '\0')
    spelling += fmt::format("{}--{}", spelling.empty() ? "" : ", ", option.name);
  if (option.value != nullptr) spelling += fmt::format(" {}", option.value);
  constexpr size_t kColumns = 26;
  std::string line;
  if (spelling.size() > kColumns) line = fmt::format("  {}\n", std::exchange(spelling, ""));
  return line + fmt::format("  {:{}} {}\n", spelling, kColumns, option.help);
}

}  // namespace

bool OptionParser::atOption() {
  if (!hasWord() || words_[at_].size() < 2 || words_[at_][0] != '-') return false;
  if (words_[at_] != "--") return true;
  ++at_;
  return false;
}

Result<void> OptionParser::takeOption() {
  std::string_view text = next();
  return text[1] == '-' ? takeLong(text.substr(2)) : takeLetters(text);
}

// Takes a long option without its dashes.
Result<void> OptionParser::takeLong(std::string_view text) {
  size_t equals = text.find('=');
  std::string_view name = text.substr(0, equals);
  for (const Option& option : options_) {
    // Options with a letter only have an empty name, which is not the one of "--=value".
    if (name.empty() || name != option.name) continue;
    bool hasValue = equals != text.npos;
    if (option.value == nullptr) {
      if (hasValue) return Error{fmt::format("--{}", name), "takes no value"};
      return option.apply("");
    }
    return takeValue(option, fmt::format("--{}", name),
                     hasValue ? std::optional(text.substr(equals + 1)) : std::nullopt);
  }
  return unknownOption(fmt::format("--{}", name));
}

// Takes letters after one dash: flags, of which the last may be an option with a value.
Result<void> OptionParser::takeLetters(std::string_view word) {
  for (size_t i = 1; i < word.size(); ++i) {
    auto found = std::ranges::find(options_, word[i], &Option::letter);
    if (found == options_.end() && i == 1) return unknownOption(word);
    if (found == options_.end()) return unknownOption(fmt::format("-{}", word[i]));
    if (found->value != nullptr) {
      std::string_view rest = word.substr(i + 1);
      return takeValue(*found, fmt::format("-{}", word[i]),
                       rest.empty() ? std::nullopt : std::optional(rest));
    }
    TRY(found->apply(""));
  }
  return {};
}

// Applies an option with `value`, or with the next word if that is absent.
Result<void> OptionParser::takeValue(const Option& option, const std::string& name,
                                     std::optional<std::string_view> value) {
  if (!value && !hasWord()) return Error{name, fmt::format("expects {}", option.value)};
  lastValue_ = value ? std::string_view() : words_[at_];
  // The functions of the table do not know the name as the user has written it.
  auto applied = option.apply(value ? *value : next());
  if (!applied) return Error{name, applied.error().message};
  return {};
}

// Returns the error for a word that is no option, with advice if the intention can be inferred.
Error OptionParser::unknownOption(std::string_view word) const {
  // A word such as "---" has nothing after its dashes.
  std::string_view name = word.substr(std::min(word.find_first_not_of('-'), word.size()));
  name = name.substr(0, name.find('='));
  for (const Foreign& foreign : foreign_)
    if (foreign.name == name)
      return Error{std::string(word), fmt::format("no such option; {}", foreign.advice)};
  std::vector<std::string_view> names;
  for (const Option& option : options_)
    if (option.name[0] != '\0') names.emplace_back(option.name);
  auto meant = base::nearest(name, names);
  return Error{std::string(word),
               meant ? fmt::format("no such option; --{} may be meant", *meant) : "no such option"};
}

std::string helpFor(std::span<const Option> options) {
  std::string help;
  std::string limits;
  for (const Option& option : options) (option.isLimit ? limits : help) += lineFor(option);
  return limits.empty() ? help : fmt::format("{}\nLimits of the guest:\n{}", help, limits);
}

}  // namespace options
