// Fuzzes the reader of the binary format with any bytes. It must not crash; neither must the
// printer and the writer for a module that has been read, even if it is invalid. Written bytes must
// be the same after they have been read and written again.
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/print/print.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  base::Result<wasm::Module> module = wasm::readModule("fuzz.wasm", {data, size});
  if (!module) return 0;
  base::Result<std::string> text = wasm::printModule(*module);
  base::Result<base::Bytes> bytes = wasm::writeModule(*module);
  // Both decode all instructions, and fail if one is malformed.
  CHECK(text.ok() == bytes.ok());
  if (!bytes) return 0;
  base::Result<wasm::Module> again = wasm::readModule("again.wasm", *bytes);
  CHECK(again.ok());
  base::Result<base::Bytes> same = wasm::writeModule(*again);
  CHECK(same.ok() && *same == *bytes);
  return 0;
}
