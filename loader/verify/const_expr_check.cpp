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
constexpr Operand kObject = {Sort::AnyRef, false};

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
      case ConstOp::RefI31:
        TRY(pop(kNumber));
        return push(kObject);
      case ConstOp::ConvertReference:
        return convert();
      case ConstOp::StructNew:
        return newStruct(step.index, true);
      case ConstOp::StructNewDefault:
        return newStruct(step.index, false);
      case ConstOp::ArrayNew:
        TRY(pop(kNumber));
        return newArray(step.index, 1);
      case ConstOp::ArrayNewDefault:
        TRY(pop(kNumber));
        return newArray(step.index, 0);
      case ConstOp::ArrayNewFixed:
        return newArray(step.index, step.bits[0]);
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

  Result<void> pop(Operand expected) {
    if (stack_.empty()) return damaged("lacks an operand");
    if (!fits(stack_.back(), expected)) return damaged("has an operand of another type");
    stack_.pop_back();
    return {};
  }

  Result<void> arithmetic() {
    TRY(pop(kNumber));
    TRY(pop(kNumber));
    return push(kNumber);
  }

  // Between the any and the extern hierarchy.
  Result<void> convert() {
    if (stack_.empty()) return damaged("lacks an operand");
    Operand& top = stack_.back();
    if (top.sort == Sort::AnyRef) {
      top.sort = Sort::ExternRef;
    } else if (top.sort == Sort::ExternRef) {
      top.sort = Sort::AnyRef;
    } else if (top.sort != Sort::NullRef) {
      return damaged("has an operand of another type");
    }
    return {};
  }

  Result<const ConstType*> typeOf(uint32_t index, abi::CompositeKind kind) const {
    if (index >= context_.types.size() || context_.types[index].kind != kind)
      return damaged("creates an object of another type");
    return &context_.types[index];
  }

  Result<void> newStruct(uint32_t typeIndex, bool hasOperands) {
    TRY_ASSIGN(const ConstType* type, typeOf(typeIndex, abi::CompositeKind::Struct));
    for (size_t i = type->fields.size(); hasOperands && i > 0; --i) {
      TRY(pop(operandOf(type->fields[i - 1].value)));
    }
    return push(kObject);
  }

  Result<void> newArray(uint32_t typeIndex, uint64_t operands) {
    TRY_ASSIGN(const ConstType* type, typeOf(typeIndex, abi::CompositeKind::Array));
    for (; operands > 0; --operands) TRY(pop(operandOf(type->fields[0].value)));
    return push(kObject);
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
