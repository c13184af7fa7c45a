// Any bytes: reading and validating must not crash; what is valid must survive a round trip through
// the writer as a valid module that is written the same way again.
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/validate/validate.h"

namespace {

base::Result<wasm::ValidModule> readValid(base::ByteView bytes) {
  TRY_ASSIGN(wasm::Module module, wasm::readModule("fuzz.wasm", bytes));
  return wasm::validate(std::move(module));
}

base::Bytes write(const wasm::ValidModule& module) {
  base::Result<base::Bytes> bytes = wasm::writeModule(*module);
  CHECK(bytes.ok());
  return std::move(bytes).value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  base::Result<wasm::ValidModule> module = readValid({data, size});
  if (!module) return 0;
  base::Bytes written = write(*module);
  base::Result<wasm::ValidModule> again = readValid(written);
  CHECK(again.ok());
  CHECK(write(*again) == written);
  return 0;
}
