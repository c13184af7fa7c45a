// Any bytes as a binary module: reading must not crash, nor must printing and encoding what was
// read, be it valid or not. What was encoded is read again and encoded the same way.
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/print/print.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  base::Result<wasm::Module> module = wasm::readModule("fuzz.wasm", {data, size});
  if (!module) return 0;
  base::Result<std::string> text = wasm::printModule(*module);
  base::Result<base::Bytes> bytes = wasm::writeModule(*module);
  CHECK(text.ok() == bytes.ok());
  if (!bytes) return 0;
  base::Result<wasm::Module> again = wasm::readModule("again.wasm", *bytes);
  CHECK(again.ok());
  base::Result<base::Bytes> same = wasm::writeModule(*again);
  CHECK(same.ok() && *same == *bytes);
  return 0;
}
