// A parser of command lines: options as GNU programs have them, up to the first word that is none.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace options {

// An option, and what it does.
struct Option {
  const char* name;   // after "--"; empty if the option has a letter only
  char letter;        // after "-", or 0
  const char* value;  // its name in the help; null for a flag
  const char* help;
  // Called with the value, which is empty for a flag. Its errors have no `where`.
  std::function<base::Result<void>(std::string_view value)> apply;
  bool isLimit = false;  // the help has limits in a list of their own
};

// An option of other programs, and the advice for users who expect it here.
struct Foreign {
  std::string_view name;  // without dashes and value
  std::string_view advice;
};

// Takes words one after the other. The tables must outlive the parser.
class OptionParser {
 public:
  OptionParser(std::vector<std::string> words, std::span<const Option> options,
               std::span<const Foreign> foreign = {})
      : words_(std::move(words)), options_(options), foreign_(foreign) {}

  // Returns whether the next word is an option. A single dash is none. Two dashes end the options,
  // and are skipped.
  bool atOption();
  // Takes an option: "--name", "--name=value", "--name value", "-v", "-vv", "-O2" or "-O 2". Fails
  // if there is no such option, or it fails itself; the `where` of the error is the option.
  base::Result<void> takeOption();

  bool hasWord() const { return at_ < words_.size(); }
  // Returns the next word and skips it.
  const std::string& next() { return words_[at_++]; }
  // Returns all words that have not been taken.
  std::span<const std::string> rest() const { return std::span(words_).subspan(at_); }
  // Returns the last word that was taken as the value of an option, for errors.
  std::string_view lastValue() const { return lastValue_; }

 private:
  base::Result<void> takeLong(std::string_view text);
  base::Result<void> takeLetters(std::string_view word);
  base::Result<void> takeValue(const Option& option, const std::string& name,
                               std::optional<std::string_view> value);
  base::Error unknownOption(std::string_view word) const;

  std::vector<std::string> words_;
  std::span<const Option> options_;
  std::span<const Foreign> foreign_;
  size_t at_ = 0;
  std::string_view lastValue_;
};

// Returns the lines of the help for these options, and behind them those for limits.
std::string helpFor(std::span<const Option> options);

}  // namespace options
