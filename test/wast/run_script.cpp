#include "test/wast/run_script.h"

#include <fmt/format.h>

#include "runtime/base/file_content.h"
#include "test/wast/parse_script.h"
#include "test/wast/record.h"
#include "test/wast/script_runner.h"

namespace wast {
namespace {

void runCommands(const std::string& file, std::string_view text, RunMode mode, Progress& progress) {
  auto script = parseScript(file, text);
  if (!script) {
    ++progress.tally.failed;
    fmt::print("{}\n", script.error().text());
    return;
  }
  Record record(file, progress);
  mode.record = &record;
  ScriptRunner runner(file, text, mode);
  for (const Command& command : script->commands) {
    record.begin(command);
    record.end(command, runner.run(command));
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
