// Typed access to a VMContext's arrays.
#pragma once

#include <cstdint>
#include <memory>
#include <new>

#include "runtime/abi/vmctx.h"

namespace runtime {

class Instance;

// Typed pointers into one context. It owns nothing.
class ContextView {
 public:
  ContextView(abi::VMContext* context, const abi::ContextCounts& counts)
      : bytes_(reinterpret_cast<uint8_t*>(context)), layout_(abi::layoutContext(counts)) {}

  abi::ContextHeader& header() const { return *at<abi::ContextHeader>(0); }
  uint32_t* typeIds() const { return at<uint32_t>(layout_.typeIds); }
  // Each returns the first element of an array; ContextCounts has their lengths.
  abi::ImportedFunction* importedFunctions() const {
    return at<abi::ImportedFunction>(layout_.importedFunctions);
  }
  abi::ImportedMemory* memories() const { return at<abi::ImportedMemory>(layout_.memories); }
  abi::TableDef** tables() const { return at<abi::TableDef*>(layout_.tables); }
  abi::Slot** importedGlobals() const { return at<abi::Slot*>(layout_.importedGlobals); }
  abi::Slot* globals() const { return at<abi::Slot>(layout_.globals); }
  abi::FuncRef* funcRefs() const { return at<abi::FuncRef>(layout_.funcRefs); }

 private:
  template <class T>
  T* at(uint64_t offset) const {
    return reinterpret_cast<T*>(bytes_ + offset);
  }

  uint8_t* bytes_;
  abi::ContextLayout layout_;
};

// Frees what allocateContext() returns.
struct ContextDeleter {
  void operator()(abi::VMContext* context) const {
    ::operator delete (context, std::align_val_t{alignof(abi::Slot)});
  }
};
using ContextOwner = std::unique_ptr<abi::VMContext, ContextDeleter>;

// Returns a context with all bytes zero.
ContextOwner allocateContext(const abi::ContextCounts& counts);

// `context` may also be a HostBinding, which has all fields but `instance` in common with a
// context.
inline abi::ContextHeader& headerOf(void* context) {
  return *static_cast<abi::ContextHeader*>(context);
}

// Returns the instance that a context belongs to.
inline Instance& instanceOf(abi::VMContext* context) {
  return *static_cast<Instance*>(headerOf(context).instance);
}

}  // namespace runtime
