#include "compiler/wasm/validate/operand_stack.h"

#include <gtest/gtest.h>

namespace wasm {
namespace {

TEST(OperandStack, AFrameHidesWhatIsBelowIt) {
  OperandStack stack;
  stack.open(Family::block, {}, 0);
  stack.push(kI32);
  stack.open(Family::loop, BlockSignature(kI64), 3);
  EXPECT_EQ(stack.operandsInFrame(), 0u);
  EXPECT_FALSE(stack.pop());
  stack.push(kF32);
  EXPECT_EQ(stack.pop(), kF32);
  Frame closed = stack.close();
  EXPECT_EQ(closed.kind, Family::loop);
  EXPECT_EQ(closed.height, 1u);
  EXPECT_EQ(closed.initialized, 3u);
  EXPECT_EQ(stack.pop(), kI32);
}

TEST(OperandStack, UnreachableCodePopsAnything) {
  OperandStack stack;
  stack.open(Family::block, {}, 0);
  stack.push(kI32);
  stack.push(kI64);
  stack.setUnreachable();
  EXPECT_EQ(stack.operandsInFrame(), 0u);
  EXPECT_EQ(stack.pop(), kBottom);
  stack.push(kF64);
  EXPECT_EQ(stack.pop(), kF64);
  EXPECT_EQ(stack.pop(), kBottom);
}

TEST(OperandStack, LabelsCountFromTheInnermost) {
  OperandStack stack;
  stack.open(Family::block, {}, 0);
  stack.open(Family::loop, {}, 0);
  EXPECT_EQ(stack.depth(), 2u);
  EXPECT_EQ(stack.frame(0).kind, Family::loop);
  EXPECT_EQ(stack.frame(1).kind, Family::block);
  stack.clear();
  EXPECT_FALSE(stack.hasFrames());
}

TEST(BlockSignature, Forms) {
  EXPECT_TRUE(BlockSignature().params().empty());
  EXPECT_TRUE(BlockSignature().results().empty());
  BlockSignature value(kF32);
  ASSERT_EQ(value.results().size(), 1u);
  EXPECT_EQ(value.results()[0], kF32);
  FuncType type{{kI32}, {kI64, kI64}};
  EXPECT_EQ(BlockSignature(type).params().size(), 1u);
  EXPECT_EQ(BlockSignature(type).results().size(), 2u);
}

TEST(Frame, BranchesToALoopCarryItsParameters) {
  FuncType type{{kI32}, {kI64, kI64}};
  Frame frame{Family::loop, BlockSignature(type)};
  EXPECT_EQ(frame.labelTypes().size(), 1u);
  frame.kind = Family::block;
  EXPECT_EQ(frame.labelTypes().size(), 2u);
}

}  // namespace
}  // namespace wasm
