#include "test/differential/node_judge.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

extern char** environ;

namespace differential {
namespace {

using base::Error;
using base::Result;

// Runs a program with standard output to the file `output` and waits for it. Returns its exit
// status, or -1 if it cannot be started or is killed by a signal.
int run(const std::vector<std::string>& command, const std::string& output) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t child = -1;
  int failed = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return -1;
  int status = 0;
  if (::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// Returns the JSON text that node_driver.mjs reads. 64-bit integers are strings, since numbers of
// JavaScript represent only integers of 53 bits.
std::string jobText(const Shape& shape, std::span<const Call> calls, const std::string& path) {
  std::string text = fmt::format(
      R"({{"module": "{0}.wasm", "outcomes": "{0}.outcomes", "memories": {1}, "functions": {2},)"
      R"( "importedGlobal": {3}, "calls": [)",
      path, shape.memories.size(), kCallees + 1, kImportedGlobal);
  const char* separator = "";
  for (const Call& call : calls) {
    const Arguments& a = call.arguments;
    text += fmt::format(R"({}{{"f": "{}", "a": {}, "b": {}, "l": "{}", "d": "{}"}})", separator,
                        call.function, a.a, a.b, static_cast<int64_t>(a.l), a.d);
    separator = ",\n";
  }
  return text + "]}\n";
}

// Reads the words that node_driver.mjs has written. Both are little-endian.
Result<std::vector<Outcome>> readOutcomes(const std::string& bytes, size_t count) {
  std::vector<uint64_t> words(bytes.size() / sizeof(uint64_t));
  std::memcpy(words.data(), bytes.data(), words.size() * sizeof(uint64_t));
  std::span<const uint64_t> rest = words;
  std::vector<Outcome> outcomes;
  for (size_t i = 0; i < count; ++i) {
    if (rest.empty()) return Error{"", "node made too few calls"};
    outcomes.push_back(takeOutcome(rest));
  }
  return outcomes;
}

}  // namespace

// Some versions of Node.js need a flag for a feature, others do not have it. Takes the first
// command with the most features.
Result<NodeJudge> NodeJudge::find() {
  std::string output = fmt::format("/tmp/differential.node.{}", ::getpid());
  const std::vector<std::string> kCommands[] = {
      {"node", NODE_DRIVER},
      {"node", "--experimental-wasm-memory64", NODE_DRIVER},
      {"node", "--experimental-wasm-exnref", NODE_DRIVER}};
  constexpr int kFeatures = 3;
  NodeJudge judge;
  for (const std::vector<std::string>& command : kCommands) {
    if (judge.features() == kFeatures || run(command, output) != 0) continue;
    NodeJudge found;
    found.command_ = command;
    std::istringstream said(contents(output));
    said >> found.version_ >> found.hasMemory64_ >> found.hasSeveralMemories_ >> found.hasObjects_;
    if (judge.version_.empty() || found.features() > judge.features()) judge = found;
  }
  ::unlink(output.c_str());
  if (judge.version_.empty()) {
    return Error{"node",
                 "there is no program `node` that runs these modules; install Node.js 20 or later"};
  }
  return judge;
}

std::string NodeJudge::name() const {
  return fmt::format("{}{}{}{}", version_, hasMemory64_ ? "" : " without memory64",
                     hasSeveralMemories_ ? "" : " without several memories",
                     hasObjects_ ? "" : " without garbage collection and exnref");
}

Result<std::vector<Outcome>> NodeJudge::behavior(base::ByteView wasm, const Shape& shape,
                                                 std::span<const Call> calls,
                                                 const std::string& path) const {
  write(path + ".wasm", base::asText(wasm));
  write(path + ".json", jobText(shape, calls, path));
  std::vector<std::string> command = command_;
  command.push_back(path + ".json");
  int status = run(command, "/dev/stderr");
  std::string outcomes = contents(path + ".outcomes");
  for (const char* suffix : {".wasm", ".json", ".outcomes"}) ::unlink((path + suffix).c_str());
  if (status != 0) return Error{"node", fmt::format("exit status {}", status)};
  return readOutcomes(outcomes, calls.size());
}

}  // namespace differential
