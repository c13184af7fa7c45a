// The evaluation of constant expressions (core specification, section "Constant Expressions"): the
// initial values of globals and tables, the offsets and the elements of segments.
#pragma once

#include <functional>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/trap/trap.h"

namespace runtime {

struct StoreState;

// The items of an instance that an expression can refer to.
struct ConstScope {
  // The store whose heap has the objects that expressions create.
  StoreState& store;
  // Returns the value of a global, by index, imports first. It must be initialized.
  std::function<const abi::Slot&(uint32_t)> global;
  // Returns the reference to a function, by index, imports first.
  std::function<abi::FuncRef*(uint32_t)> function;
  // Returns the canonical id of a type, by index.
  std::function<uint32_t(uint32_t)> typeId;
};

// Returns the value of an expression, which must be valid. Integer arithmetic wraps. Fails with the
// trap AllocationFailure if an object does not fit into the heap.
Expected<abi::Slot, Trap> evaluate(const abi::ConstExpr& expression, const ConstScope& scope);

}  // namespace runtime
