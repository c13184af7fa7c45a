#include "runtime/instantiate/const_expr.h"

#include <cstring>

#include "runtime/base/check.h"

namespace runtime {
namespace {

class Evaluator {
 public:
  explicit Evaluator(const ConstScope& scope) : scope_(scope) {}

  void step(const abi::ConstStep& step) {
    switch (step.op) {
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
      case abi::ConstOp::I32Add:
        return binary32([](uint32_t a, uint32_t b) { return a + b; });
      case abi::ConstOp::I32Sub:
        return binary32([](uint32_t a, uint32_t b) { return a - b; });
      case abi::ConstOp::I32Mul:
        return binary32([](uint32_t a, uint32_t b) { return a * b; });
      case abi::ConstOp::I64Add:
        return binary64([](uint64_t a, uint64_t b) { return a + b; });
      case abi::ConstOp::I64Sub:
        return binary64([](uint64_t a, uint64_t b) { return a - b; });
      case abi::ConstOp::I64Mul:
        return binary64([](uint64_t a, uint64_t b) { return a * b; });
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

  template <class Operation>
  void binary32(Operation operation) {
    uint32_t right = pop().i32;
    uint32_t left = pop().i32;
    abi::Slot slot{};
    slot.i32 = operation(left, right);
    stack_.push_back(slot);
  }

  template <class Operation>
  void binary64(Operation operation) {
    uint64_t right = pop().i64;
    uint64_t left = pop().i64;
    abi::Slot slot{};
    slot.i64 = operation(left, right);
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
