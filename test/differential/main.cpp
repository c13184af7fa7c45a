// differential [COUNT [FIRST]]: compiles COUNT random programs, of the seeds from FIRST on, without
// optimising and in several other ways, and compares what they do. `differential --print SEED`
// prints one program.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/parse_module.h"
#include "test/differential/behaviour.h"
#include "test/differential/random_program.h"

namespace differential {
namespace {

using base::Result;
using codegen::Bounds;
using codegen::OptLevel;

struct Way {
  const char* name;
  OptLevel level;
  const char* cpu;
  Bounds bounds = Bounds::Guard;
};

// What the others are compared with comes first.
constexpr Way kWays[] = {{"-O0", OptLevel::O0, "native"},
                         {"-O2", OptLevel::O2, "native"},
                         {"-O3 --cpu=x86-64", OptLevel::O3, "x86-64"},
                         {"-O2 --bounds=explicit", OptLevel::O2, "native", Bounds::Explicit}};

Result<std::vector<Call>> behaviourIn(const Way& way, const wasm::ValidModule& module) {
  codegen::Options options;
  options.optLevel = way.level;
  options.bounds = way.bounds;
  options.cpu = way.cpu;
#ifndef __x86_64__
  options.cpu = "native";
#endif
  return behaviour(module, options, fmt::format("/tmp/differential.{}", ::getpid()));
}

// How many calls differ.
Result<unsigned> compare(uint64_t seed) {
  std::string name = fmt::format("seed {}", seed);
  std::string program = randomProgram(seed);
  TRY_ASSIGN(wasm::TextModule text, wasm::parseModule(name, program));
  TRY_ASSIGN(base::Bytes bytes, wasm::writeModule(text.module));
  TRY_ASSIGN(wasm::Module binary, wasm::readModule(name, bytes));
  TRY_ASSIGN(wasm::ValidModule module, wasm::validate(std::move(binary)));
  TRY_ASSIGN(std::vector<Call> expected, behaviourIn(kWays[0], module));
  unsigned differences = 0;
  for (const Way& way : std::span(kWays).subspan(1)) {
    TRY_ASSIGN(std::vector<Call> calls, behaviourIn(way, module));
    for (size_t i = 0; i < calls.size(); ++i) {
      if (calls[i] == expected[i]) continue;
      fmt::print("{}, {}, function {}\n  {}: {}\n  {}: {}\n", name, way.name, calls[i].name,
                 kWays[0].name, expected[i].outcome, way.name, calls[i].outcome);
      ++differences;
    }
  }
  return differences;
}

int run(uint64_t count, uint64_t first) {
  uint64_t failed = 0;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    Result<unsigned> differences = compare(seed);
    if (!differences) fmt::print("seed {}: {}\n", seed, differences.error().text());
    if (!differences || *differences > 0) ++failed;
  }
  fmt::print("{} programs, {} compiled wrongly\n", count, failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace differential

int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--print") == 0) {
    fmt::print("{}", differential::randomProgram(std::strtoull(argv[2], nullptr, 10)));
    return 0;
  }
  constexpr uint64_t kCount = 20;
  uint64_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : kCount;
  return differential::run(count, argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1);
}
