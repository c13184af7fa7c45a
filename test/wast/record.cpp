#include "test/wast/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace wast {
namespace {

// Returns the command on one line, truncated if it is long.
std::string summary(std::string_view command) {
  constexpr size_t kShown = 120;
  constexpr std::string_view kSpace = " \t\r\n";
  std::string out;
  while (out.size() < kShown && !command.empty()) {
    size_t end = command.find_first_of(kSpace);
    out += fmt::format("{}{}", out.empty() ? "" : " ", command.substr(0, end));
    size_t next = command.find_first_not_of(kSpace, std::min(end, command.size()));
    command.remove_prefix(std::min(next, command.size()));
  }
  return out.size() > kShown ? out.substr(0, kShown) + "..." : out;
}

// Returns the text with all lines but the first indented, such as the excerpt of a syntax error.
std::string indented(std::string text) {
  for (size_t at = 0; (at = text.find('\n', at)) != std::string::npos; ++at)
    text.insert(at + 1, "    ");
  return text;
}

// Counts a verdict and prints a failure.
struct Entry {
  const std::string& file;
  const Command& command;
  Tally& tally;

  void operator()(const Passed&) const { ++tally.passed; }
  void operator()(const Failed& failed) const {
    ++tally.failed;
    fmt::print("{}:{}: {}\n  expected: {}\n  got: {}\n", file, command.line, summary(command.text),
               indented(failed.expected), indented(failed.got));
  }
  void operator()(const Skipped& skipped) const {
    ++tally.skippedFor[static_cast<size_t>(skipped.feature)];
  }
  void operator()(const NotRun&) const {}
};

}  // namespace

void Record::begin(const Command& command) {
  std::scoped_lock lock(mutex_);
  progress_.line = command.line;
}

void Record::end(const Command& command, const Verdict& verdict) {
  std::scoped_lock lock(mutex_);
  std::visit(Entry{file_, command, progress_.tally}, verdict);
  // Flushes the output, since the next command may crash the process.
  std::fflush(stdout);
}

}  // namespace wast
