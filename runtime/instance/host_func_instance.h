// A host function with an identity and a FuncRef, whose type need not be known when the program is
// compiled. It is a function of a store, whether a module imports it or not (the specification's
// function instance with a host function), or the import of an instance (HostFunction::slotCode).
#pragma once

#include "runtime/arch/entry.h"
#include "runtime/instance/func.h"
#include "runtime/instance/host_func.h"
#include "runtime/types/type_registry.h"

namespace runtime {

struct StoreState;

// A host function, which the store or the importing instance owns. It is the context with which
// guests call it. The caller and its memory are null if the store owns it.
class HostFuncInstance final : public Caller {
 public:
  // What the function does. `values` has the arguments, and receives the results; it has
  // max(number of parameters, number of results) slots. The rules are those of all host functions
  // (host_func.h), but an argument may be in a slot of its own only during the call.
  using Code = void (*)(HostFuncInstance& function, abi::Slot* values);

  // Makes a function of the final function type `type` in a recursive group of its own.
  HostFuncInstance(StoreState& state, const FuncType& type, Code code, void* data)
      : HostFuncInstance(state, TypeIds(type), code, data) {}
  // Makes a function of a type whose only id `typeId` is.
  HostFuncInstance(StoreState& state, TypeIds typeId, Code code, void* data);
  HostFuncInstance(const HostFuncInstance&) = delete;
  HostFuncInstance& operator=(const HostFuncInstance&) = delete;

  const FuncType& type() const { return canonicalType(typeIds_[0]).func; }
  // Returns the type's canonical id, which is held as long as the function exists.
  uint32_t typeId() const { return typeIds_[0]; }
  // Returns a thunk by which the host calls functions like this one.
  EntryThunk entryThunk() const { return entryThunk_; }
  // Returns the function as a funcref value.
  abi::FuncRef* reference() { return &reference_; }
  // Calls the code.
  void run(abi::Slot* values) { code_(*this, values); }

 private:
  TypeIds typeIds_;
  Code code_;
  EntryThunk entryThunk_;
  abi::FuncRef reference_{};
};

}  // namespace runtime
