// A global (the specification's global instance): a typed cell, which compiled code accesses
// directly.
#pragma once

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"
#include "runtime/types/value.h"

namespace runtime {

class Global {
 public:
  // The type index in a type is a canonical id.
  // Refers to a cell in an instance's context, which outlives this.
  Global(const abi::GlobalType& type, abi::Slot* cell) : type_(type), cell_(cell) {}
  // Has a cell of its own.
  Global(const abi::GlobalType& type, const Value& value)
      : type_(type), own_(value.slot), cell_(&own_) {}
  Global(const Global&) = delete;
  Global& operator=(const Global&) = delete;

  const abi::GlobalType& type() const { return type_; }
  // Returns the present value.
  Value get() const;
  // Fails where the global is immutable or the value does not fit its type.
  base::Result<void> set(const Value& value);

  abi::Slot* cell() const { return cell_; }

 private:
  abi::GlobalType type_;
  abi::Slot own_{};
  abi::Slot* cell_;
};

}  // namespace runtime
