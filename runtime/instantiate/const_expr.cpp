#include "runtime/instantiate/const_expr.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/objects/objects.h"

namespace runtime {
namespace {

// A stack machine for the steps of one expression. Its operands are roots, since creating an object
// may collect.
class Evaluator {
 public:
  explicit Evaluator(const ConstScope& scope) : scope_(scope), rooted_(scope.store) {}

  Expected<void, Trap> step(const abi::ConstStep& step) {
    switch (step.op) {
      // The bits are those of the slot, for any number or vector type.
      case abi::ConstOp::Const: {
        abi::Slot slot{};
        std::memcpy(&slot, step.bits, sizeof step.bits);
        return push(slot);
      }
      case abi::ConstOp::GlobalGet:
        return push(scope_.global(step.index));
      case abi::ConstOp::RefFunc:
        return pushReference(scope_.function(step.index));
      case abi::ConstOp::RefNull:
        return pushReference(nullptr);
      case abi::ConstOp::RefI31:
        return pushReference(reinterpret_cast<void*>(abi::i31Word(pop().i32)));
      case abi::ConstOp::ConvertReference:
        return {};
      case abi::ConstOp::StructNew:
        return newStruct(step.index, false);
      case abi::ConstOp::StructNewDefault:
        return newStruct(step.index, true);
      case abi::ConstOp::ArrayNew: {
        uint32_t length = pop().i32;
        return newArray(step.index, length, 1);
      }
      case abi::ConstOp::ArrayNewDefault:
        return newArray(step.index, pop().i32, 0);
      case abi::ConstOp::ArrayNewFixed: {
        auto length = static_cast<uint32_t>(step.bits[0]);
        return newArray(step.index, length, length);
      }
#define CONST_ARITHMETIC(id, member, operation) \
  case abi::ConstOp::id:                        \
    return binary(&abi::Slot::member, [](auto left, auto right) { return left operation right; });
#include "runtime/abi/const_ops.def"
    }
    base::checkFailed(__FILE__, __LINE__, "a known ConstOp");
  }

  abi::Slot result() const {
    CHECK(stack().size() == 1);
    return stack().back();
  }

 private:
  std::vector<abi::Slot>& stack() { return rooted_.slots; }
  const std::vector<abi::Slot>& stack() const { return rooted_.slots; }

  Expected<void, Trap> push(const abi::Slot& slot) {
    stack().push_back(slot);
    return {};
  }

  Expected<void, Trap> pushReference(void* reference) {
    abi::Slot slot{};
    slot.ref = reference;
    return push(slot);
  }

  // Replaces the `operands` topmost operands by an object that has been created of them.
  Expected<void, Trap> pushObject(abi::ObjectHeader* object, size_t operands) {
    if (object == nullptr) return trapOf(abi::TrapCode::AllocationFailure);
    stack().resize(stack().size() - operands);
    return pushReference(object);
  }

  abi::Slot pop() {
    CHECK(!stack().empty());
    abi::Slot top = stack().back();
    stack().pop_back();
    return top;
  }

  // The members are unsigned, so that overflow wraps.
  template <class Integer, class Operation>
  Expected<void, Trap> binary(Integer abi::Slot::*member, Operation operation) {
    Integer right = pop().*member;
    Integer left = pop().*member;
    abi::Slot slot{};
    slot.*member = operation(left, right);
    return push(slot);
  }

  // The operands stay on the stack until the object exists, so that they are roots.
  Expected<void, Trap> newStruct(uint32_t typeIndex, bool isDefault) {
    uint32_t id = scope_.typeId(typeIndex);
    size_t count = canonicalType(id).fields.size();
    if (isDefault) stack().resize(stack().size() + count);
    CHECK(stack().size() >= count);
    auto fields = std::span(stack()).last(count);
    return pushObject(runtime::newStruct(scope_.store, id, fields), count);
  }

  // Creates an array of the `operands` topmost operands: none for elements that are zero or null,
  // one for all elements, else one for each.
  Expected<void, Trap> newArray(uint32_t typeIndex, uint32_t length, uint32_t operands) {
    uint32_t id = scope_.typeId(typeIndex);
    CHECK(stack().size() >= operands);
    abi::ObjectHeader* array = runtime::newArray(scope_.store, id, length);
    auto values = std::span(stack()).last(operands);
    for (uint32_t i = 0; array != nullptr && operands != 0 && i < length; ++i) {
      initSlot(elementAddress(*array, i), canonicalType(id).fields[0],
               values[operands == length ? i : 0]);
    }
    return pushObject(array, operands);
  }

  const ConstScope& scope_;
  RootedSlots rooted_;
};

}  // namespace

Expected<abi::Slot, Trap> evaluate(const abi::ConstExpr& expression, const ConstScope& scope) {
  Evaluator evaluator(scope);
  for (const abi::ConstStep& step : expression) TRY(evaluator.step(step));
  return evaluator.result();
}

}  // namespace runtime
