#include "test/round_trip/round_trip.h"

#include <gtest/gtest.h>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/testing/module_builder.h"
#include "compiler/wasm/testing/playground.h"
#include "compiler/wasm/validate/validate.h"

namespace round_trip {
namespace {

// Empty if the module is valid and survives.
std::string problemOf(const base::Bytes& bytes) {
  base::Result<wasm::Module> read = wasm::readModule("a.wasm", bytes);
  if (!read) return read.error().text();
  base::Result<wasm::ValidModule> module = wasm::validate(std::move(*read));
  if (!module) return module.error().text();
  base::Result<void> result = checkRoundTrip(**module);
  return result.ok() ? "" : result.error().text();
}

TEST(RoundTrip, Samples) {
  EXPECT_EQ(problemOf(wasm::ModuleBuilder().build()), "");
  EXPECT_EQ(problemOf(wasm::sampleModule()), "");
  EXPECT_EQ(problemOf(wasm::everyInstructionModule()), "");
  EXPECT_EQ(problemOf(wasm::playground().build()), "");
}

}  // namespace
}  // namespace round_trip
