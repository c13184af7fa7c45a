// Fuzzes the validator with the input as the body of a function in the playground module, which has
// types, tables, memories and so on for all instructions. The validator must not crash, and a
// module that it accepts must also be accepted after it has been written and read.
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/testing/playground.h"
#include "compiler/wasm/validate/validate.h"

namespace {

base::Result<wasm::ValidModule> readValid(base::ByteView bytes) {
  TRY_ASSIGN(wasm::Module module, wasm::readModule("fuzz.wasm", bytes));
  return wasm::validate(std::move(module));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  wasm::ModuleBuilder builder = wasm::playground();
  const wasm::LocalRun locals[] = {{2, wasm::kI64}, {1, wasm::kFuncRef}};
  builder.function(wasm::kI32Func, base::ByteView(data, size), {locals[0], locals[1]});
  base::Bytes bytes = builder.build();
  base::Result<wasm::ValidModule> module = readValid(bytes);
  if (!module) return 0;
  base::Result<base::Bytes> written = wasm::writeModule(**module);
  CHECK(written.ok());
  CHECK(readValid(*written).ok());
  return 0;
}
