#include "test/wast/run_script.h"

#include <fmt/format.h>

#include <cstdio>

#include "runtime/base/file_content.h"
#include "test/wast/parse_script.h"
#include "test/wast/script_runner.h"

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

// Records a verdict: counts it and prints a failure.
struct Record {
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

void runCommands(const std::string& file, std::string_view text, const RunMode& mode,
                 Progress& progress) {
  auto script = parseScript(file, text);
  if (!script) {
    ++progress.tally.failed;
    fmt::print("{}\n", script.error().text());
    return;
  }
  ScriptRunner runner(file, text, mode);
  for (const Command& command : script->commands) {
    progress.line = command.line;
    std::visit(Record{file, command, progress.tally}, runner.run(command));
    // Flushes the output, since the next command may crash the process.
    std::fflush(stdout);
  }
}

}  // namespace

void runScript(const std::string& file, const Options& options, const ModuleCompiler& compiler,
               Progress& progress) {
  auto content = base::FileContent::read(file);
  if (!content) {
    ++progress.tally.failed;
    fmt::print("{}\n", content.error().text());
    return;
  }
  RunMode mode{options.isFrontEndOnly ? nullptr : &compiler, options.checksRoundTrip,
               options.stressesHeap};
  runCommands(file, base::asText(content->bytes()), mode, progress);
}

}  // namespace wast
