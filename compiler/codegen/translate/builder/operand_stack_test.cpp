#include "compiler/codegen/translate/builder/operand_stack.h"

#include <gtest/gtest.h>
#include <llvm/IR/Constants.h>

namespace codegen {
namespace {

class OperandStackTest : public ::testing::Test {
 protected:
  OperandStackTest() {
    for (llvm::Value* value : {one_, two_, three_}) stack_.push(value);
  }

  llvm::Value* number(uint64_t value) {
    return llvm::ConstantInt::get(llvm::Type::getInt32Ty(context_), value);
  }

  llvm::LLVMContext context_;
  llvm::Value* one_ = number(1);
  llvm::Value* two_ = number(2);
  llvm::Value* three_ = number(3);
  OperandStack stack_;
};

TEST_F(OperandStackTest, PopsFromTheTop) {
  EXPECT_EQ(stack_.pop(), three_);
  EXPECT_EQ(stack_.top(), two_);
  EXPECT_EQ(stack_.size(), 2u);
}

TEST_F(OperandStackTest, SeveralValuesKeepTheirOrder) {
  EXPECT_EQ(stack_.topmost(2)[0], two_);
  EXPECT_EQ(stack_.popMany(2), (Values{two_, three_}));
  EXPECT_EQ(stack_.size(), 1u);
}

TEST_F(OperandStackTest, Truncates) {
  stack_.truncate(1);
  EXPECT_EQ(stack_.pop(), one_);
  EXPECT_DEATH(stack_.pop(), "");
}

TEST_F(OperandStackTest, OnlyAWidenedConditionIsOne) { EXPECT_EQ(conditionIn(one_), nullptr); }

}  // namespace
}  // namespace codegen
