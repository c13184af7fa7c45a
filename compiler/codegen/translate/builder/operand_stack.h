// The operand stack of the function being translated, whose values are those of
// the IR, and the operations that only pop, compute and push.
#pragma once

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/Intrinsics.h>

#include <span>
#include <vector>

#include "runtime/base/check.h"

namespace codegen {

struct FunctionBuilder;

using Values = llvm::SmallVector<llvm::Value*, 4>;

class OperandStack {
 public:
  size_t size() const { return values_.size(); }
  void push(llvm::Value* value) { values_.push_back(value); }

  // Removes the topmost value and returns it.
  llvm::Value* pop() {
    llvm::Value* value = top();
    values_.pop_back();
    return value;
  }

  // Returns the topmost value. There must be one: validation has seen to it.
  llvm::Value*& top() {
    CHECK(!values_.empty());
    return values_.back();
  }

  // The `count` topmost values, the last one on top. Valid until the stack changes.
  std::span<llvm::Value* const> topmost(size_t count) const {
    CHECK(values_.size() >= count);
    return std::span(values_).last(count);
  }

  // Removes the `count` topmost values and returns them, the last one was on top.
  Values popMany(size_t count) {
    std::span<llvm::Value* const> values = topmost(count);
    Values popped(values.begin(), values.end());
    values_.resize(values_.size() - count);
    return popped;
  }

  // Drops the values above the lowest `size`.
  void truncate(size_t size) { values_.resize(size); }

 private:
  std::vector<llvm::Value*> values_;
};

// Pops an i32 and returns, as i1, whether it is not zero.
llvm::Value* popCondition(FunctionBuilder& f);

// Pushes an i1 as the i32 that WebAssembly's comparisons yield.
void pushCondition(FunctionBuilder& f, llvm::Value* condition);

// Returns the i1 that pushCondition has widened to `value`; null if `value` is something else.
llvm::Value* conditionIn(llvm::Value* value);

// Each pops the operands of one instruction of LLVM, the right one first, and pushes its result.
void binaryOperation(FunctionBuilder& f, llvm::Instruction::BinaryOps operation);
void unaryIntrinsic(FunctionBuilder& f, llvm::Intrinsic::ID id);
void binaryIntrinsic(FunctionBuilder& f, llvm::Intrinsic::ID id);

}  // namespace codegen
