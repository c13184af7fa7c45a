#include "test/differential/behaviour.h"

#include <fmt/format.h>

#include "runtime/instance.h"
#include "runtime/store.h"
#include "test/differential/random_program.h"
#include "test/wast/module_compiler.h"

namespace differential {
namespace {

using base::Result;
using runtime::Value;

struct Arguments {
  uint32_t first;
  uint32_t second;
  uint64_t third;
  double fourth;
};

constexpr Arguments kArguments[] = {{0, 0, 0, 0.0},
                                    {65528, 16, 0x8000000000000001, -2.5},
                                    {0xffffffff, 0xfffffff0, ~uint64_t{0}, 1e300},
                                    {1000, 65536, 123456789, 0.1}};

// FNV-1a, over words.
uint64_t hash(std::span<const uint8_t> bytes) {
  uint64_t value = 0xcbf29ce484222325;
  for (size_t i = 0; i < bytes.size(); i += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + i, sizeof word);
    value = (value ^ word) * 0x100000001b3;
  }
  return value;
}

Result<std::string> call(const std::shared_ptr<const runtime::Module>& module,
                         const std::string& entry, const Arguments& arguments) {
  runtime::Store store;
  TRY_ASSIGN(auto instantiated, store.instantiate(module, {}));
  if (!instantiated) return "trap at the start: " + instantiated.trap().message;
  runtime::Instance& instance = *instantiated.value();
  TRY_ASSIGN(auto outcome, instance.function(entry)->call(
                               {Value::i32(arguments.first), Value::i32(arguments.second),
                                Value::i64(arguments.third), Value::f64(arguments.fourth)}));
  if (!outcome) return "trap: " + outcome.trap().message;
  return fmt::format("{:#x}, memory {:016x}", outcome.value()[0].slot.i64,
                     hash(instance.mainMemory()->bytes()));
}

}  // namespace

Result<std::vector<Call>> behaviour(const wasm::ValidModule& module,
                                    const codegen::Options& options, const std::string& path) {
  TRY_ASSIGN(codegen::Target target, codegen::Target::resolve(options));
  TRY_ASSIGN(std::shared_ptr<const runtime::Module> compiled,
             wast::ModuleCompiler(options, target, path).compile(module));
  std::vector<Call> calls;
  for (unsigned entry = 0; entry < kEntries; ++entry) {
    for (const Arguments& a : kArguments) {
      TRY_ASSIGN(std::string outcome, call(compiled, std::to_string(entry), a));
      calls.push_back(
          {fmt::format("{}({}, {}, {}, {})", entry, a.first, a.second, a.third, a.fourth),
           std::move(outcome)});
    }
  }
  return calls;
}

}  // namespace differential
