// Fuzzes the compiler with valid modules. Compilation must not crash; libFuzzer's timeout checks
// that it does not take long. The first byte of the input selects options and the meaning of the
// other bytes: a module, the body of a function in the playground module, or decisions of the
// generator of random modules.
#include <fmt/format.h>

#include "compiler/codegen/compile.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/testing/playground.h"
#include "compiler/wasm/text/parse/parse_module.h"
#include "test/differential/generate/random_module.h"
#include "test/fuzz/input.h"

namespace {

using base::Bytes;
using base::Result;

// Bit 0 is the optimization level, bit 1 the bounds checks; bits 2 and 3 select the form of the
// input.
codegen::Options optionsOf(uint8_t choice) {
  codegen::Options options;
  options.cpu = "native";
  options.optLevel = choice & 1 ? codegen::OptLevel::O2 : codegen::OptLevel::O0;
  options.bounds = choice & 2 ? codegen::Bounds::Explicit : codegen::Bounds::Guard;
  return options;
}

Bytes playgroundWith(base::ByteView code) {
  wasm::ModuleBuilder builder = wasm::playground();
  const wasm::LocalRun locals[] = {{2, wasm::kI64}, {1, wasm::kFuncRef}};
  builder.function(wasm::kI32Func, code, {locals[0], locals[1]});
  return builder.build();
}

// Returns a module of the generator, which needs few bytes of input for much code.
Bytes generated(fuzz::Input& input) {
  const differential::Kind& kind =
      differential::kKinds[input.byte() % std::size(differential::kKinds)];
  differential::ModuleOptions options{
      .entries = 1 + input.byte() % 8u, .calls = 1, .kind = kind.name};
  std::string text = differential::randomModule(input.word(), options).text;
  Result<wasm::TextModule> parsed = wasm::parseModule("random.wat", text);
  CHECK(parsed.ok());
  Result<Bytes> bytes = wasm::writeModule(parsed->module);
  CHECK(bytes.ok());
  return std::move(*bytes);
}

// Invalid modules, and those with features that are not translated, are rejected.
Result<wasm::ValidModule> readValid(base::ByteView bytes) {
  TRY_ASSIGN(wasm::Module module, wasm::readModule("fuzz.wasm", bytes));
  TRY_ASSIGN(wasm::ValidModule valid, wasm::validate(std::move(module)));
  TRY(codegen::checkTranslated(valid));
  return valid;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fuzz::Input input(data, size);
  uint8_t choice = input.byte();
  Bytes bytes;
  switch (choice >> 2 & 3) {
    case 0:
      bytes.assign(input.rest().begin(), input.rest().end());
      break;
    case 1:
      bytes = generated(input);
      break;
    default:
      bytes = playgroundWith(input.rest());
  }
  Result<wasm::ValidModule> module = readValid(bytes);
  if (!module) return 0;
  codegen::Options options = optionsOf(choice);
  Result<codegen::Target> target = codegen::Target::resolve(options);
  CHECK(target.ok());
  constexpr unsigned kThreads = 1;
  const codegen::Callbacks unused{.time = [](std::string_view, double) {},
                                  .reduced = [](uint32_t) {},
                                  .reducedThunks = [](uint64_t) {}};
  CHECK(!codegen::compileObjects(*module, *target, options, kThreads, unused).empty());
  return 0;
}
