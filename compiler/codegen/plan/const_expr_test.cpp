#include "compiler/codegen/plan/const_expr.h"

#include <gtest/gtest.h>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/testing/from_text.h"
#include "compiler/wasm/validate/validate.h"

namespace codegen {
namespace {

using abi::ConstOp;

// `bytes` must outlive the module.
wasm::ValidModule valid(const base::Bytes& bytes) {
  base::Result<wasm::Module> module = wasm::readModule("a.wasm", bytes);
  EXPECT_TRUE(module.ok()) << module.error().text();
  base::Result<wasm::ValidModule> result = wasm::validate(std::move(*module));
  EXPECT_TRUE(result.ok()) << result.error().text();
  return *std::move(result);
}

// The steps of global 0 of a module with this field.
std::vector<abi::ConstStep> stepsOf(const std::string& global) {
  base::Bytes bytes = wasm::encoded("(module (func $f) " + global + ")");
  wasm::ValidModule module = valid(bytes);
  return constSteps(*module, module->globals[0].init);
}

std::vector<ConstOp> opsOf(const std::string& global) {
  std::vector<ConstOp> ops;
  for (const abi::ConstStep& step : stepsOf(global)) ops.push_back(step.op);
  return ops;
}

TEST(ConstExpr, ConstantsAreBits) {
  EXPECT_EQ(stepsOf("(global i32 (i32.const -1))")[0].bits[0], ~uint64_t{0});
  EXPECT_EQ(stepsOf("(global f32 (f32.const 1))")[0].bits[0], 0x3f800000u);
  std::vector<abi::ConstStep> vector = stepsOf("(global v128 (v128.const i64x2 3 4))");
  EXPECT_EQ(vector[0].op, ConstOp::Const);
  EXPECT_EQ(vector[0].bits[0], 3u);
  EXPECT_EQ(vector[0].bits[1], 4u);
}

TEST(ConstExpr, ArithmeticHasAStepOfItsOwnName) {
  EXPECT_EQ(opsOf("(global i64 (i64.mul (i64.const 3) (i64.sub (i64.const 5) (i64.const 1))))"),
            (std::vector{ConstOp::Const, ConstOp::Const, ConstOp::Const, ConstOp::I64Sub,
                         ConstOp::I64Mul}));
}

TEST(ConstExpr, References) {
  EXPECT_EQ(opsOf("(global funcref (ref.func $f))"), std::vector{ConstOp::RefFunc});
  EXPECT_EQ(opsOf("(global externref (ref.null extern))"), std::vector{ConstOp::RefNull});
}

TEST(ConstExpr, OnlyOneConstantIsAConstantInteger) {
  base::Bytes bytes = wasm::encoded(
      "(module (global i32 (i32.const 7)) (global i32 (i32.add (i32.const 7) (i32.const 0))))");
  wasm::ValidModule module = valid(bytes);
  EXPECT_EQ(constantInteger(*module, module->globals[0].init), 7u);
  EXPECT_EQ(constantInteger(*module, module->globals[1].init), std::nullopt);
}

}  // namespace
}  // namespace codegen
