#include "test/round_trip/round_trip.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/parse/parse_module.h"
#include "compiler/wasm/text/print/print.h"
#include "compiler/wasm/validate/validate.h"

namespace round_trip {

using base::Error;
using base::Result;

// The expected bytes are those of the writer, not of the original file, whose LEB128 numbers need
// not be the shortest ones.
Result<void> checkRoundTrip(const wasm::Module& module) {
  TRY_ASSIGN(base::Bytes expected, wasm::writeModule(module));
  TRY_ASSIGN(std::string text, wasm::printModule(module));
  TRY_ASSIGN(wasm::TextModule parsed, wasm::parseModule(module.fileName + ".wat", text));
  TRY_ASSIGN(wasm::ValidModule valid, wasm::validate(std::move(parsed.module)));
  TRY_ASSIGN(base::Bytes found, wasm::writeModule(*valid));
  if (found == expected) return {};
  auto [at, end] = std::mismatch(found.begin(), found.end(), expected.begin(), expected.end());
  return Error{module.fileName,
               fmt::format("as text it means other bytes: they differ at {:#x}; {} instead of {}",
                           at - found.begin(), found.size(), expected.size())};
}

}  // namespace round_trip
