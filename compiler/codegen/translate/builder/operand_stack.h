// The operand stack of the function that is translated. Its entries are LLVM values, so that stack
// operations emit no code; and the operations that only pop, compute and push.
#pragma once

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/Intrinsics.h>

#include <span>
#include <vector>

#include "runtime/base/check.h"

namespace codegen {

struct FunctionBuilder;

// A few values in the order in which they were pushed.
using Values = llvm::SmallVector<llvm::Value*, 4>;

// The stack. Validation ensures that operands exist and have the right types. Pops and accesses
// CHECK that they exist.
class OperandStack {
 public:
  // Returns the number of values.
  size_t size() const { return values_.size(); }
  // Adds a value on top.
  void push(llvm::Value* value) { values_.push_back(value); }

  // Removes the topmost value and returns it.
  llvm::Value* pop() {
    llvm::Value* value = top();
    values_.pop_back();
    return value;
  }

  // Returns a reference to the topmost value, which is valid until the next push.
  llvm::Value*& top() {
    CHECK(!values_.empty());
    return values_.back();
  }

  // Returns the `count` topmost values, the topmost one last. The span is valid until the stack
  // changes.
  std::span<llvm::Value* const> topmost(size_t count) const {
    CHECK(values_.size() >= count);
    return std::span(values_).last(count);
  }

  // Removes the `count` topmost values and returns them, the topmost one last.
  Values popMany(size_t count) {
    std::span<llvm::Value* const> values = topmost(count);
    Values popped(values.begin(), values.end());
    values_.resize(values_.size() - count);
    return popped;
  }

  // Removes values from the top until `size` are left. There must be at least as many.
  void truncate(size_t size) { values_.resize(size); }

 private:
  std::vector<llvm::Value*> values_;
};

// Pops an i32 and returns an i1 that is true if it is not zero.
llvm::Value* popCondition(FunctionBuilder& f);

// Pushes an i1, zero-extended to the i32 that WebAssembly's comparisons yield.
void pushCondition(FunctionBuilder& f, llvm::Value* condition);

// Returns the i1 that pushCondition has extended to `value`, or null if `value` is something else.
llvm::Value* conditionIn(llvm::Value* value);

// Pop the operands of one LLVM instruction or intrinsic, the right one first, and push its result.
void binaryOperation(FunctionBuilder& f, llvm::Instruction::BinaryOps operation);
void unaryIntrinsic(FunctionBuilder& f, llvm::Intrinsic::ID id);
void binaryIntrinsic(FunctionBuilder& f, llvm::Intrinsic::ID id);

}  // namespace codegen
