// A global variable (the specification's global instance): a typed cell that compiled code accesses
// through a pointer.
#pragma once

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"
#include "runtime/gc/heap.h"
#include "runtime/types/value.h"

namespace runtime {

struct GuestState;

// A global and, unless an instance defines it, its cell. Neither address changes.
class Global {
 public:
  // Creates a global of the store `state` whose cell is in the context of an instance, which must
  // outlive it. The type index of a concrete reference type is a canonical id.
  Global(const GuestState& state, const abi::GlobalType& type, abi::Slot* cell)
      : state_(&state), type_(type), cell_(cell) {}
  // Creates a global with a cell of its own, initialized to `value`, which must fit the type.
  Global(const GuestState& state, const abi::GlobalType& type, const Value& value)
      : state_(&state), type_(type), own_(value.slot), cell_(&own_) {}
  Global(const Global&) = delete;
  Global& operator=(const Global&) = delete;

  const abi::GlobalType& type() const { return type_; }
  // Returns whether the global belongs to the store `state`.
  bool belongsTo(const GuestState& state) const { return state_ == &state; }
  // Returns the current value.
  Value get() const;
  // Sets the value. Fails and changes nothing if the global is immutable or `value` does not fit
  // its type.
  base::Result<void> set(const Value& value);

  // Passes the value to `visitor` if it is a reference to an object.
  void visitRoots(RootVisitor& visitor);

  // Returns the value as words.
  WordRange words() const {
    auto begin = reinterpret_cast<const uintptr_t*>(cell_);
    return {begin, begin + sizeof(abi::Slot) / sizeof(uintptr_t)};
  }
  // Returns the cell, which is valid as long as the global.
  abi::Slot* cell() const { return cell_; }

 private:
  const GuestState* state_;
  abi::GlobalType type_;
  abi::Slot own_{};  // unused if the cell is in a context
  abi::Slot* cell_;
};

}  // namespace runtime
