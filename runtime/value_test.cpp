#include "runtime/value.h"

#include <gtest/gtest.h>

namespace runtime {
namespace {

TEST(Value, TypesAreWrittenAsInTheSpecification) {
  EXPECT_STREQ(text(abi::ValueKind::I32), "i32");
  EXPECT_STREQ(text(abi::ValueKind::ExternRef), "externref");
  EXPECT_STREQ(text(static_cast<abi::ValueKind>(99)), "unknown");
  EXPECT_EQ(text(FuncType{}), "[] -> []");
  EXPECT_EQ(text(FuncType{{abi::ValueKind::I32, abi::ValueKind::I64}, {abi::ValueKind::F32}}),
            "[i32 i64] -> [f32]");
}

}  // namespace
}  // namespace runtime
