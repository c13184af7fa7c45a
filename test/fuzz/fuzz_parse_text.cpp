// Fuzzes the parser of the text format with any bytes. It must not crash, and a module that is
// parsed and valid must be encoded to the same bytes after it has been written, read, printed and
// parsed again.
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/parse/parse_module.h"
#include "compiler/wasm/validate/validate.h"
#include "test/round_trip/round_trip.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text = base::asText({data, size});
  base::Result<wasm::TextModule> parsed = wasm::parseModule("fuzz.wat", text);
  if (!parsed) return 0;
  base::Result<wasm::ValidModule> module = wasm::validate(std::move(parsed->module));
  if (!module) return 0;
  base::Result<base::Bytes> bytes = wasm::writeModule(**module);
  CHECK(bytes.ok());
  base::Result<wasm::Module> read = wasm::readModule("fuzz.wasm", *bytes);
  CHECK(read.ok());
  CHECK(round_trip::checkRoundTrip(*read).ok());
  return 0;
}
