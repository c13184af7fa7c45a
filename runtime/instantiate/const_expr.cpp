#include "runtime/instantiate/const_expr.h"

#include <cstring>

#include "runtime/base/check.h"

namespace runtime {
namespace {

// A stack machine for the steps of one expression.
class Evaluator {
 public:
  explicit Evaluator(const ConstScope& scope) : scope_(scope) {}

  void step(const abi::ConstStep& step) {
    switch (step.op) {
      // The bits are those of the slot, for any number or vector type.
      case abi::ConstOp::Const: {
        abi::Slot slot{};
        std::memcpy(&slot, step.bits, sizeof step.bits);
        return stack_.push_back(slot);
      }
      case abi::ConstOp::GlobalGet:
        return stack_.push_back(scope_.global(step.index));
      case abi::ConstOp::RefFunc:
        return pushReference(scope_.function(step.index));
      case abi::ConstOp::RefNull:
        return pushReference(nullptr);
#define CONST_ARITHMETIC(id, member, operation) \
  case abi::ConstOp::id:                        \
    return binary(&abi::Slot::member, [](auto left, auto right) { return left operation right; });
#include "runtime/abi/const_ops.def"
    }
    base::checkFailed(__FILE__, __LINE__, "a known ConstOp");
  }

  abi::Slot result() const {
    CHECK(stack_.size() == 1);
    return stack_.back();
  }

 private:
  void pushReference(void* reference) {
    abi::Slot slot{};
    slot.ref = reference;
    stack_.push_back(slot);
  }

  abi::Slot pop() {
    CHECK(!stack_.empty());
    abi::Slot top = stack_.back();
    stack_.pop_back();
    return top;
  }

  // The members are unsigned, so that overflow wraps.
  template <class Integer, class Operation>
  void binary(Integer abi::Slot::*member, Operation operation) {
    Integer right = pop().*member;
    Integer left = pop().*member;
    abi::Slot slot{};
    slot.*member = operation(left, right);
    stack_.push_back(slot);
  }

  const ConstScope& scope_;
  std::vector<abi::Slot> stack_;
};

}  // namespace

abi::Slot evaluate(const abi::ConstExpr& expression, const ConstScope& scope) {
  Evaluator evaluator(scope);
  for (const abi::ConstStep& step : expression) evaluator.step(step);
  return evaluator.result();
}

}  // namespace runtime
