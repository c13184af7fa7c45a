#include "loader/verify/const_expr_check.h"

namespace loader {
namespace {

using abi::ConstOp;
using base::Error;
using base::Result;

// The classes of values that are distinguished: numbers and vectors, references by hierarchy, and
// null, which belongs to every hierarchy since ref.null has no type in a ConstStep.
enum class Sort { Number, FuncRef, ExternRef, AnyRef, ExnRef, NullRef };

struct Operand {
  Sort sort;
  bool isNullable;
};

constexpr Operand kNumber = {Sort::Number, false};

Operand operandOf(const abi::ValueType& type) {
  if (!type.isReference()) return kNumber;
  auto hierarchy = static_cast<int>(type.kind) - static_cast<int>(abi::ValueKind::FuncRef);
  return {static_cast<Sort>(static_cast<int>(Sort::FuncRef) + hierarchy), type.isNullable != 0};
}

// Returns whether a value can be used as `expected`. Null belongs to every hierarchy.
bool fits(Operand found, Operand expected) {
  if (found.isNullable && !expected.isNullable) return false;
  return found.sort == expected.sort ||
         (found.sort == Sort::NullRef && expected.sort != Sort::Number);
}

Error damaged(const char* why) {
  return Error{"", std::string("damaged descriptor: a constant expression ") + why};
}

// An abstract interpreter of an expression, whose stack contains classes of values.
class Checker {
 public:
  Checker(const ConstContext& context, size_t visibleGlobals)
      : context_(context), visibleGlobals_(visibleGlobals) {}

  Result<void> step(const abi::ConstStep& step) {
    switch (step.op) {
      case ConstOp::Const:
        return push(kNumber);
      case ConstOp::GlobalGet:
        if (step.index >= visibleGlobals_) return damaged("reads a global that is not there");
        return push(operandOf(context_.globals[step.index]));
      case ConstOp::RefFunc:
        if (step.index >= context_.hasFuncRef.size() || !context_.hasFuncRef[step.index])
          return damaged("refers to a function that has no reference");
        // Without a FuncRef, the runtime would yield a null pointer.
        return push({Sort::FuncRef, false});
      case ConstOp::RefNull:
        return push({Sort::NullRef, true});
#define CONST_ARITHMETIC(id, member, operation) case ConstOp::id:
#include "runtime/abi/const_ops.def"
        return arithmetic();
    }
    return damaged("has an unknown operation");
  }

  Result<void> finish(Operand expected) const {
    if (stack_.size() != 1) return damaged("does not leave one value");
    if (!fits(stack_.back(), expected)) return damaged("leaves a value of another type");
    return {};
  }

 private:
  Result<void> push(Operand operand) {
    stack_.push_back(operand);
    return {};
  }

  Result<void> arithmetic() {
    if (stack_.size() < 2) return damaged("lacks an operand");
    if (stack_.back().sort != Sort::Number || stack_[stack_.size() - 2].sort != Sort::Number)
      return damaged("calculates with a reference");
    stack_.pop_back();
    return {};
  }

  const ConstContext& context_;
  size_t visibleGlobals_;
  std::vector<Operand> stack_;
};

}  // namespace

Result<void> checkConstExpr(std::span<const abi::ConstStep> steps, const abi::ValueType& expected,
                            const ConstContext& context, size_t visibleGlobals) {
  Checker checker(context, visibleGlobals);
  for (const abi::ConstStep& step : steps) TRY(checker.step(step));
  return checker.finish(operandOf(expected));
}

}  // namespace loader
