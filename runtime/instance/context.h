// Typed access to the header and the arrays of a VMContext (runtime/abi/vmctx.h), and its
// allocation.
#pragma once

#include <cstdint>
#include <memory>
#include <new>

#include "runtime/abi/vmctx.h"

namespace runtime {

class Instance;

// Typed pointers into one context. It does not own the context, which must outlive it.
class ContextView {
 public:
  // `counts` must be those that the context was allocated for.
  ContextView(abi::VMContext* context, const abi::ContextCounts& counts)
      : bytes_(reinterpret_cast<uint8_t*>(context)), layout_(abi::layoutContext(counts)) {}

  abi::ContextHeader& header() const { return *at<abi::ContextHeader>(0); }
  // Return the first element of an array. ContextCounts has the lengths.
  uint32_t* typeIds() const { return at<uint32_t>(layout_.typeIds); }
  uint32_t* typeWords() const { return at<uint32_t>(layout_.typeWords); }
  abi::ImportedFunction* importedFunctions() const {
    return at<abi::ImportedFunction>(layout_.importedFunctions);
  }
  abi::ImportedMemory* memories() const { return at<abi::ImportedMemory>(layout_.memories); }
  abi::TableDef** tables() const { return at<abi::TableDef*>(layout_.tables); }
  abi::Slot** importedGlobals() const { return at<abi::Slot*>(layout_.importedGlobals); }
  abi::Slot* globals() const { return at<abi::Slot>(layout_.globals); }
  abi::FuncRef* funcRefs() const { return at<abi::FuncRef>(layout_.funcRefs); }
  const void** tags() const { return at<const void*>(layout_.tags); }

 private:
  template <class T>
  T* at(uint64_t offset) const {
    return reinterpret_cast<T*>(bytes_ + offset);
  }

  uint8_t* bytes_;
  abi::ContextLayout layout_;
};

// Frees a context that allocateContext() has returned.
struct ContextDeleter {
  void operator()(abi::VMContext* context) const {
    ::operator delete (context, std::align_val_t{alignof(abi::Slot)});
  }
};
using ContextOwner = std::unique_ptr<abi::VMContext, ContextDeleter>;

// Returns a context with all bytes zero.
ContextOwner allocateContext(const abi::ContextCounts& counts);

// Returns the header of a context. `context` may also be a HostBinding: its members are at the same
// offsets, except that it has no `instance`.
inline abi::ContextHeader& headerOf(void* context) {
  return *static_cast<abi::ContextHeader*>(context);
}

// Returns the instance that a context belongs to.
inline Instance& instanceOf(abi::VMContext* context) {
  return *static_cast<Instance*>(headerOf(context).instance);
}

}  // namespace runtime
