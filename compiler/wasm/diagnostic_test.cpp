#include "compiler/wasm/diagnostic.h"

#include <gtest/gtest.h>

#include "compiler/wasm/position.h"

namespace wasm {
namespace {

TEST(Diagnostic, BinariesHaveByteOffsets) {
  Module module{.fileName = "a.wasm"};
  EXPECT_EQ(errorAt(module, 31, "bad").text(), "a.wasm:0x1f: bad");
}

TEST(Diagnostic, TextsHaveLinesAndColumns) {
  TextPositions positions("(module\n  (func))");
  positions.add(4, 10);
  Module module{.fileName = "a.wat", .positions = &positions};
  EXPECT_EQ(errorAt(module, 5, "bad").text(), "a.wat:2:3: bad\n  (func))\n  ^");
}

}  // namespace
}  // namespace wasm
