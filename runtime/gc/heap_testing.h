// A heap for tests, with a table of types and roots. It allocates as compiled code does.
#pragma once

#include <array>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/gc/heap.h"

namespace runtime::gc::testing {

// The types. A reference word is at the places that isReference() says.
enum Type : uint32_t {
  kBox,        // a struct of 8 bytes without references
  kNode,       // a struct of 3 words, of which 2 are references
  kMixed,      // a struct of 6 words with references and data
  kWide,       // a struct of 200 words
  kHuge,       // a struct of 2000 words, a large object
  kException,  // an exception of 4 words
  kBytes,      // arrays
  kLongs,
  kVectors,
  kReferences,
  kTypes
};

constexpr std::array<uint32_t, kTypes> kWords = {1, 3, 6, 200, 2000, 4, 0, 0, 0, 0};
constexpr bool isArray(uint32_t type) { return type >= kBytes; }

// Returns whether the word of a struct or an exception is a reference.
constexpr bool isReferenceWord(uint32_t type, uint64_t word) {
  if (type == kNode) return word != 0;
  if (type == kException) return word == 2;
  return word % 3 == 1;
}

class TestHeap final : private RootSource {
 public:
  explicit TestHeap(const HeapOptions& options = {}) : rows_(1 + kTypes) {
    addStruct(kBox, ObjectKind::Struct);
    addStruct(kNode, ObjectKind::Struct);
    addStruct(kMixed, ObjectKind::Struct);
    addStruct(kWide, ObjectKind::Struct);
    addStruct(kHuge, ObjectKind::Struct);
    addStruct(kException, ObjectKind::Exception);
    addArray(kBytes, 0, false);
    addArray(kLongs, 3, false);
    addArray(kVectors, 4, false);
    addArray(kReferences, 3, true);
    heap_ = std::move(Heap::create(allocation_, rows_.data(), *this, options).value());
  }

  // Precise roots.
  std::vector<uint64_t> handles;
  // Words that are scanned conservatively.
  std::vector<uintptr_t> words;

  Heap& heap() { return *heap_; }
  const abi::TypeDescriptor* types() const { return rows_.data(); }
  abi::AllocationState& allocation() { return allocation_; }

  static uint32_t wordOf(uint32_t type) { return abi::typeWord(type); }
  uint64_t sizeOf(uint32_t type, uint32_t length) const {
    if (!isArray(type)) return kWords[type] * 8;
    return abi::arraySize(length, rows_[type + 1].elementSizeLog2);
  }

  // Returns the address of a new object whose references are null; 0 if there is no room.
  uint64_t allocate(uint32_t type, uint32_t length = 0) {
    uint64_t size = sizeOf(type, length);
    uint64_t address = allocateRaw(type, length, size);
    if (address != 0 && size <= abi::kMaxSmallObject) {
      std::memset(reinterpret_cast<void*>(address + 8), 0, size - 8);
    }
    return address;
  }
  uint64_t allocateArray(uint32_t length) { return allocate(kReferences, length); }

  static uint64_t load(uint64_t object, uint64_t word) {
    uint64_t value;
    std::memcpy(&value, reinterpret_cast<void*>(object + word * 8), sizeof value);
    return value;
  }
  // Stores without a barrier: data, or references in an object that has just been allocated.
  static void initialize(uint64_t object, uint64_t word, uint64_t value) {
    std::memcpy(reinterpret_cast<void*>(object + word * 8), &value, sizeof value);
  }
  void store(uint64_t object, uint64_t word, uint64_t value) {
    initialize(object, word, value);
    uintptr_t card = (object + word * 8) >> abi::kCardSizeLog2;
    *reinterpret_cast<uint8_t*>(reinterpret_cast<uintptr_t>(allocation_.cards) + card) = 1;
  }

 private:
  using ObjectKind = abi::ObjectKind;

  uint64_t allocateRaw(uint32_t type, uint32_t length, uint64_t size) {
    auto room = static_cast<uint64_t>(allocation_.limit - allocation_.cursor);
    if (size > abi::kMaxSmallObject || size > room) {
      return reinterpret_cast<uint64_t>(heap_->allocate(wordOf(type), length, size));
    }
    auto* object = reinterpret_cast<abi::ObjectHeader*>(allocation_.cursor);
    allocation_.cursor += size;
    *object = {wordOf(type), length};
    return reinterpret_cast<uint64_t>(object);
  }

  void addStruct(uint32_t type, ObjectKind kind) {
    abi::TypeDescriptor& row = rows_[type + 1];
    row = {.size = kWords[type] * 8, .kind = kind};
    std::vector<uint64_t> bits(kWords[type] / 64 + 1);
    for (uint64_t word = 1; word < kWords[type]; ++word) {
      if (isReferenceWord(type, word)) bits[word / 64] |= uint64_t{1} << word % 64;
    }
    row.references = bits[0];
    if (kWords[type] <= 64) return;
    bitmaps_.push_back(std::move(bits));
    row.references = reinterpret_cast<uint64_t>(bitmaps_.back().data());
  }
  void addArray(uint32_t type, uint8_t elementSizeLog2, bool hasReferences) {
    rows_[type + 1] = {.size = 8,
                       .kind = ObjectKind::Array,
                       .elementSizeLog2 = elementSizeLog2,
                       .references = hasReferences ? 1u : 0u};
  }

  void visitRoots(RootVisitor& visitor) override {
    for (uint64_t handle : handles) visitor.reference(handle);
    visitor.conservative({words.data(), words.data() + words.size()});
  }

  abi::AllocationState allocation_{};
  std::vector<abi::TypeDescriptor> rows_;
  std::vector<std::vector<uint64_t>> bitmaps_;
  std::unique_ptr<Heap> heap_;
};

}  // namespace runtime::gc::testing
