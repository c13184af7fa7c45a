// Fuzzes the round trip through the text format with binary modules (see round_trip.h).
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/validate/validate.h"
#include "test/round_trip/round_trip.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  base::Result<wasm::Module> module = wasm::readModule("fuzz.wasm", {data, size});
  if (!module) return 0;
  base::Result<wasm::ValidModule> valid = wasm::validate(std::move(*module));
  if (!valid) return 0;
  CHECK(round_trip::checkRoundTrip(**valid).ok());
  return 0;
}
