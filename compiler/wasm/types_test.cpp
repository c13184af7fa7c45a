#include "compiler/wasm/types.h"

#include <gtest/gtest.h>

namespace wasm {
namespace {

TEST(Types, TextOfValueTypes) {
  EXPECT_EQ(text(kI32), "i32");
  EXPECT_EQ(text(kV128), "v128");
  EXPECT_EQ(text(kFuncRef), "funcref");
  EXPECT_EQ(text(ValueType::ref(HeapType::kNone, true)), "nullref");
  EXPECT_EQ(text(ValueType::ref(HeapType::kNoExn, true)), "nullexnref");
  EXPECT_EQ(text(ValueType::ref(HeapType::kFunc, false)), "(ref func)");
  EXPECT_EQ(text(ValueType::ref(HeapType::concrete(3), true)), "(ref null 3)");
  EXPECT_EQ(text(ValueType::ref(HeapType::concrete(0), false)), "(ref 0)");
  EXPECT_EQ(text(ValueType::ref(HeapType::kBottom, false)), "(ref bottom)");
  EXPECT_EQ(text(kBottom), "any type");
}

TEST(Types, TextOfFunctionTypes) {
  EXPECT_EQ(text(FuncType{}), "[] -> []");
  EXPECT_EQ(text(FuncType{{kI32, kI64}, {kF32}}), "[i32 i64] -> [f32]");
}

}  // namespace
}  // namespace wasm
