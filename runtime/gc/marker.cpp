#include "runtime/gc/marker.h"

namespace runtime::gc {

void Marker::visit(const abi::ObjectHeader* object) {
  const abi::TypeDescriptor& type = types_.row(object->type);
  if (abi::hasElements(type.kind)) return visitArray(object, type);
  markLines(object, type.size);
  if (type.size > kWordsPerBitmap * 8) return pushReferences(object, 0, UINT64_MAX);
  for (uint64_t bits = type.references; bits != 0; bits &= bits - 1) {
    uint64_t reference = wordOf(object, static_cast<uint64_t>(std::countr_zero(bits)));
    // The mark is read now, and the object soon.
    __builtin_prefetch(reinterpret_cast<const void*>(reference));
    push(reference);
  }
}

void Marker::visitArray(const abi::ObjectHeader* array, const abi::TypeDescriptor& type) {
  markLines(array, abi::arraySize(array->length, type.elementSizeLog2));
  if (type.references != 0) visitSlice(array, abi::kElements / 8);
}

void Marker::visitSlice(const abi::ObjectHeader* array, uint64_t begin) {
  uint64_t end = abi::kElements / 8 + uint64_t{array->length};
  // If there is no memory to return to the array, all of it is processed now: what does not fit on
  // the stack then is found by the caller of drain().
  if (end - begin > kSlice && stack_.push(begin + kSlice, addressOf(array) | kIsSlice)) {
    end = begin + kSlice;
  }
  for (uint64_t i = begin; i < end; ++i) push(wordOf(array, i));
}

// Returns the next object, or 0 if a slice has been processed instead.
inline uint64_t Marker::popObject() {
  uint64_t word = stack_.pop();
  if ((word & kIsSlice) == 0) return word;
  uint64_t begin = stack_.pop();
  visitSlice(objectAt(word - kIsSlice), begin);
  return 0;
}

// Between the stack and visit() is a short queue, in which the objects wait for their prefetch. The
// loop ends only if both are empty: visit() may push again.
void Marker::drain() {
  constexpr uint32_t kQueue = 8;
  std::array<uint64_t, kQueue> queue{};
  uint32_t waiting = 0;
  for (uint32_t i = 0; waiting != 0 || !stack_.isEmpty(); i = (i + 1) % kQueue) {
    uint64_t next = stack_.isEmpty() ? 0 : popObject();
    if (next != 0) {
      __builtin_prefetch(reinterpret_cast<const void*>(next));
      ++waiting;
    }
    uint64_t object = std::exchange(queue[i], next);
    if (object == 0) continue;
    --waiting;
    visit(objectAt(object));
  }
}

}  // namespace runtime::gc
