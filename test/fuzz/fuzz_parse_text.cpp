// Fuzzes the parser of the text format with any bytes. It must not crash, and a valid module must
// have the same binary after it has been written, read, printed, parsed and written again.
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
