// The objects of the heap as their type descriptors describe them.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "runtime/abi/object.h"

namespace runtime::gc {

inline abi::ObjectHeader* objectAt(uintptr_t address) {
  return reinterpret_cast<abi::ObjectHeader*>(address);
}
inline uintptr_t addressOf(const abi::ObjectHeader* object) {
  return reinterpret_cast<uintptr_t>(object);
}

// Return the word that is `index` words behind the start of the object, and its place.
inline uint64_t wordOf(const abi::ObjectHeader* object, uint64_t index) {
  return reinterpret_cast<const uint64_t*>(object)[index];
}
inline uint64_t& slotOf(abi::ObjectHeader* object, uint64_t index) {
  return reinterpret_cast<uint64_t*>(object)[index];
}

// The table of type descriptors.
class TypeTable {
 public:
  explicit TypeTable(const abi::TypeDescriptor* rows) : rows_(reinterpret_cast<uintptr_t>(rows)) {}

  // `type` is a type word.
  const abi::TypeDescriptor& row(uint32_t type) const {
    return *reinterpret_cast<const abi::TypeDescriptor*>(rows_ + type);
  }
  // Returns the size of the object in bytes.
  uint64_t sizeOf(const abi::ObjectHeader* object) const {
    const abi::TypeDescriptor& type = row(object->type);
    if (!abi::hasElements(type.kind)) return type.size;
    return abi::arraySize(object->length, type.elementSizeLog2);
  }

 private:
  uintptr_t rows_;
};

// The words of an object that one word of a reference bitmap describes.
inline constexpr uint32_t kWordsPerBitmap = 64;

// Returns which of the words 64 * i to 64 * i + 63 of an object without elements are references.
inline uint64_t referenceBits(const abi::TypeDescriptor& type, uint64_t i) {
  if (type.size <= kWordsPerBitmap * 8) return type.references;
  return reinterpret_cast<const uint64_t*>(type.references)[i];
}

// Calls visit(index) for the words of the object that are references and whose index is in
// [begin, end). `end` may exceed the number of words.
template <class Visit>
[[gnu::always_inline]] inline void forEachReferenceIndex(const TypeTable& types,
                                                         const abi::ObjectHeader* object,
                                                         uint64_t begin, uint64_t end,
                                                         Visit visit) {
  const abi::TypeDescriptor& type = types.row(object->type);
  if (abi::hasElements(type.kind)) {
    if (type.references == 0) return;
    end = std::min(end, abi::kElements / 8 + uint64_t{object->length});
    for (uint64_t i = std::max<uint64_t>(begin, abi::kElements / 8); i < end; ++i) {
      visit(i);
    }
    return;
  }
  end = std::min<uint64_t>(end, type.size / 8);
  while (begin < end) {
    uint64_t next = std::min(end, begin / kWordsPerBitmap * kWordsPerBitmap + kWordsPerBitmap);
    uint64_t bits = referenceBits(type, begin / kWordsPerBitmap) >> begin % kWordsPerBitmap;
    bits &= ~uint64_t{0} >> (kWordsPerBitmap - (next - begin));
    for (; bits != 0; bits &= bits - 1) visit(begin + std::countr_zero(bits));
    begin = next;
  }
}

// Calls visit(word) with those words.
template <class Visit>
void forEachReference(const TypeTable& types, const abi::ObjectHeader* object, uint64_t begin,
                      uint64_t end, Visit visit) {
  forEachReferenceIndex(types, object, begin, end,
                        [&](uint64_t index) { visit(wordOf(object, index)); });
}

}  // namespace runtime::gc
