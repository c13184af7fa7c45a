#include "loader/const_expr_check.h"

namespace loader {
namespace {

using abi::ConstOp;
using base::Error;
using base::Result;

// What is known of a value without its type being recorded: numbers are alike.
enum class Sort { Number, FuncRef, ExternRef, NullRef };

Sort sortOf(abi::ValueKind kind) {
  if (kind == abi::ValueKind::FuncRef) return Sort::FuncRef;
  if (kind == abi::ValueKind::ExternRef) return Sort::ExternRef;
  return Sort::Number;
}

bool fits(Sort found, Sort expected) {
  return found == expected || (found == Sort::NullRef && expected != Sort::Number);
}

Error damaged(const char* why) {
  return Error{"", std::string("damaged descriptor: a constant expression ") + why};
}

class Checker {
 public:
  Checker(const ConstContext& context, size_t visibleGlobals)
      : context_(context), visibleGlobals_(visibleGlobals) {}

  Result<void> step(const abi::ConstStep& step) {
    switch (step.op) {
      case ConstOp::Const:
        return push(Sort::Number);
      case ConstOp::GlobalGet:
        if (step.index >= visibleGlobals_) return damaged("reads a global that is not there");
        return push(sortOf(context_.globals[step.index]));
      case ConstOp::RefFunc:
        if (step.index >= context_.hasFuncRef.size() || !context_.hasFuncRef[step.index])
          return damaged("refers to a function that has no reference");
        return push(Sort::FuncRef);
      case ConstOp::RefNull:
        return push(Sort::NullRef);
      case ConstOp::I32Add:
      case ConstOp::I32Sub:
      case ConstOp::I32Mul:
      case ConstOp::I64Add:
      case ConstOp::I64Sub:
      case ConstOp::I64Mul:
        return arithmetic();
    }
    return damaged("has an unknown operation");
  }

  Result<void> finish(Sort expected) const {
    if (stack_.size() != 1) return damaged("does not leave one value");
    if (!fits(stack_.back(), expected)) return damaged("leaves a value of another type");
    return {};
  }

 private:
  Result<void> push(Sort sort) {
    stack_.push_back(sort);
    return {};
  }

  Result<void> arithmetic() {
    if (stack_.size() < 2) return damaged("lacks an operand");
    if (stack_.back() != Sort::Number || stack_[stack_.size() - 2] != Sort::Number)
      return damaged("calculates with a reference");
    stack_.pop_back();
    return {};
  }

  const ConstContext& context_;
  size_t visibleGlobals_;
  std::vector<Sort> stack_;
};

}  // namespace

Result<void> checkConstExpr(std::span<const abi::ConstStep> steps, abi::ValueKind expected,
                            const ConstContext& context, size_t visibleGlobals) {
  Checker checker(context, visibleGlobals);
  for (const abi::ConstStep& step : steps) TRY(checker.step(step));
  return checker.finish(sortOf(expected));
}

}  // namespace loader
