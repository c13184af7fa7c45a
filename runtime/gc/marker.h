// Marks objects and all that they refer to.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "runtime/gc/mark_stack.h"
#include "runtime/gc/space/line_map.h"
#include "runtime/gc/space/object_bits.h"
#include "runtime/gc/space/object_layout.h"

namespace runtime::gc {

class Marker {
 public:
  // The arguments must outlive the marker.
  Marker(TypeTable types, ObjectBits& marks, LineMap& lines, MarkStack& stack)
      : types_(types), marks_(marks), lines_(lines), stack_(stack) {}

  // Marks the object that the reference refers to, if it does. drain() processes it.
  void push(uint64_t reference) {
    if (!abi::isObject(reference) || marks_.testAndSet(reference)) return;
    if (!stack_.push(reference)) hasOverflown_ = true;
  }
  // Pushes the references among the words of the object with the indices [begin, end).
  void pushReferences(const abi::ObjectHeader* object, uint64_t begin, uint64_t end) {
    forEachReference(types_, object, begin, end, [this](uint64_t word) { push(word); });
  }
  // Pushes the references of a marked object and marks its lines.
  void visit(const abi::ObjectHeader* object);

  // Processes all pushed objects, and what they refer to. If takeOverflow() returns true after
  // that, there was no memory for the stack: objects have been marked that were not processed. The
  // caller must then visit all marked objects and drain again.
  void drain();
  // Returns about how many bytes the small objects have that have been processed since the last
  // call: those of some may count twice after an overflow.
  uint64_t takeSmallBytes() { return std::exchange(smallBytes_, 0); }
  bool takeOverflow() { return std::exchange(hasOverflown_, false); }

 private:
  // Arrays of more elements are processed in slices, since the stack would otherwise have to hold
  // all elements.
  static constexpr uint64_t kSlice = 1024;
  // Set in the word of an array whose next word on the stack is the index of the next slice.
  static constexpr uint64_t kIsSlice = 1;

  void visitArray(const abi::ObjectHeader* array, const abi::TypeDescriptor& type);
  void visitSlice(const abi::ObjectHeader* array, uint64_t begin);
  void markLines(const abi::ObjectHeader* object, uint64_t size) {
    if (size > abi::kMaxSmallObject) return;
    lines_.mark(addressOf(object), size);
    smallBytes_ += size;
  }
  uint64_t popObject();

  TypeTable types_;
  ObjectBits& marks_;
  LineMap& lines_;
  MarkStack& stack_;
  bool hasOverflown_ = false;
  uint64_t smallBytes_ = 0;
};

}  // namespace runtime::gc
