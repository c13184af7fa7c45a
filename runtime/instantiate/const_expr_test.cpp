#include "runtime/instantiate/const_expr.h"

#include <gtest/gtest.h>

namespace runtime {
namespace {

using abi::ConstOp;
using abi::ConstStep;

class ConstExprTest : public ::testing::Test {
 protected:
  // Evaluates an expression. Its steps are copied to a member, so that the relative reference of
  // the expression reaches them.
  abi::Slot run(std::initializer_list<ConstStep> steps) {
    std::copy(steps.begin(), steps.end(), steps_);
    EXPECT_TRUE(expression_.data.set(steps_));
    expression_.count = static_cast<uint32_t>(steps.size());
    return evaluate(expression_, scope_);
  }

  static ConstStep constant(uint64_t bits) { return {ConstOp::Const, 0, {bits, 0}}; }
  static ConstStep op(ConstOp op, uint32_t index = 0) { return {op, index, {0, 0}}; }

  abi::Slot global_{};
  abi::FuncRef function_{};
  ConstScope scope_{[this](uint32_t index) -> const abi::Slot& {
                      EXPECT_EQ(index, 7u);
                      return global_;
                    },
                    [this](uint32_t index) { return index == 5 ? &function_ : nullptr; }};

 private:
  ConstStep steps_[8];
  abi::ConstExpr expression_{};
};

TEST_F(ConstExprTest, Values) {
  EXPECT_EQ(run({constant(42)}).i32, 42u);
  EXPECT_EQ(run({constant(~uint64_t{0})}).i64, ~uint64_t{0});
  global_.i64 = 99;
  EXPECT_EQ(run({op(ConstOp::GlobalGet, 7)}).i64, 99u);
  abi::Slot vector = run({{ConstOp::Const, 0, {0x0706050403020100, 0x0f0e0d0c0b0a0908}}});
  for (uint8_t i = 0; i < sizeof vector.v128; ++i) EXPECT_EQ(vector.v128[i], i);
  EXPECT_EQ(run({op(ConstOp::RefFunc, 5)}).ref, &function_);
  EXPECT_EQ(run({op(ConstOp::RefNull)}).ref, nullptr);
}

TEST_F(ConstExprTest, ArithmeticWraps) {
  EXPECT_EQ(run({constant(0xffffffff), constant(2), op(ConstOp::I32Add)}).i64, 1u);
  EXPECT_EQ(run({constant(1), constant(2), op(ConstOp::I32Sub)}).i32, 0xffffffffu);
  EXPECT_EQ(run({constant(0x10001), constant(0x10001), op(ConstOp::I32Mul)}).i64, 0x20001u);
  EXPECT_EQ(run({constant(~uint64_t{0}), constant(2), op(ConstOp::I64Add)}).i64, 1u);
  EXPECT_EQ(run({constant(1), constant(2), op(ConstOp::I64Sub)}).i64, ~uint64_t{0});
  EXPECT_EQ(run({constant(uint64_t{1} << 63), constant(3), op(ConstOp::I64Mul)}).i64,
            uint64_t{1} << 63);
}

}  // namespace
}  // namespace runtime
