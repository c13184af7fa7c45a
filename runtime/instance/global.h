// A global (the specification's global instance): a typed cell. Compiled code reads and writes the
// cell itself.
#pragma once

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"
#include "runtime/types/value.h"

namespace runtime {

class Global {
 public:
  // The type's type index, here and in Table, is a canonical id.
  // A cell elsewhere, in an instance's context, which outlives this.
  Global(const abi::GlobalType& type, abi::Slot* cell) : type_(type), cell_(cell) {}
  // A cell of its own.
  Global(const abi::GlobalType& type, const Value& value)
      : type_(type), own_(value.slot), cell_(&own_) {}
  Global(const Global&) = delete;
  Global& operator=(const Global&) = delete;

  const abi::GlobalType& type() const { return type_; }
  Value get() const;
  // Refused when the global is immutable or the value of another type.
  base::Result<void> set(const Value& value);

  abi::Slot* cell() const { return cell_; }

 private:
  abi::GlobalType type_;
  abi::Slot own_{};
  abi::Slot* cell_;
};

}  // namespace runtime
