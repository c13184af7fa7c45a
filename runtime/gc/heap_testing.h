// A heap for tests, with a table of types and roots. It allocates as compiled code does.
#pragma once

#include <array>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/gc/heap.h"
#include "runtime/gc/heap_space.h"

namespace runtime::gc::testing {

// The types. A word is a reference at the places that isReferenceWord() says.
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

// The size of structs and exceptions in words.
constexpr std::array<uint32_t, kTypes> kWords = {1, 3, 6, 200, 2000, 4, 0, 0, 0, 0};
constexpr bool isArray(uint32_t type) { return type >= kBytes; }

// Returns whether the word is a reference, in structs and exceptions for words behind the header.
constexpr bool isReferenceWord(uint32_t type, uint64_t word) {
  if (isArray(type)) return type == kReferences;
  if (type == kNode) return true;
  if (type == kException) return word == 2;
  return word % 3 == 1;
}

// Owns the table of the types above.
class TestTypes {
 public:
  TestTypes() {
    for (uint32_t type = 0; type < kBytes; ++type) addStruct(type);
    rows_[kException + abi::kFirstTypeRow].kind = abi::ObjectKind::Exception;
    addArray(kBytes, 0);
    addArray(kLongs, 3);
    addArray(kVectors, 4);
    addArray(kReferences, 3);
  }

  const abi::TypeDescriptor* rows() const { return rows_.data(); }
  static uint32_t word(uint32_t type) { return abi::typeWord(type); }
  // Returns the size of an object in bytes.
  uint64_t sizeOf(uint32_t type, uint32_t length) const {
    if (!isArray(type)) return kWords[type] * 8;
    return abi::arraySize(length, rows_[type + abi::kFirstTypeRow].elementSizeLog2);
  }

 private:
  void addStruct(uint32_t type) {
    std::vector<uint64_t> bits(kWords[type] / 64 + 1);
    for (uint64_t word = 1; word < kWords[type]; ++word) {
      if (isReferenceWord(type, word)) bits[word / 64] |= uint64_t{1} << word % 64;
    }
    abi::TypeDescriptor& row = rows_[type + abi::kFirstTypeRow];
    row = {.size = kWords[type] * 8, .kind = abi::ObjectKind::Struct, .references = bits[0]};
    if (kWords[type] <= 64) return;
    bitmaps_.push_back(std::move(bits));
    row.references = reinterpret_cast<uint64_t>(bitmaps_.back().data());
  }
  void addArray(uint32_t type, uint8_t elementSizeLog2) {
    rows_[type + abi::kFirstTypeRow] = {.size = 8,
                                        .kind = abi::ObjectKind::Array,
                                        .elementSizeLog2 = elementSizeLog2,
                                        .references = type == kReferences ? uint64_t{1} : 0};
  }

  std::vector<abi::TypeDescriptor> rows_ =
      std::vector<abi::TypeDescriptor>(abi::kFirstTypeRow + kTypes);
  std::vector<std::vector<uint64_t>> bitmaps_;
};

// Access of the word with this index of an object. initialize() has no barrier: it is for data, and
// for references in an object that has just been allocated.
inline uint64_t load(uint64_t object, uint64_t word) {
  uint64_t value;
  std::memcpy(&value, reinterpret_cast<void*>(object + word * 8), sizeof value);
  return value;
}
inline void initialize(uint64_t object, uint64_t word, uint64_t value) {
  std::memcpy(reinterpret_cast<void*>(object + word * 8), &value, sizeof value);
}
inline void store(const abi::AllocationState& allocation, uint64_t object, uint64_t word,
                  uint64_t value) {
  initialize(object, word, value);
  uintptr_t card = (object + word * 8) >> abi::kCardSizeLog2;
  *reinterpret_cast<uint8_t*>(reinterpret_cast<uintptr_t>(allocation.cards) + card) = 1;
}

// The memory of a heap without collections.
class TestSpace {
 public:
  explicit TestSpace(uint32_t blockCount = 64)
      : space_(HeapSpace::reserve(blockCount, TypeTable(types_.rows()), allocation_).value()) {
    space_->budget.limit = UINT64_MAX;
  }

  HeapSpace* operator->() { return space_.get(); }
  HeapSpace& operator*() { return *space_; }
  const TestTypes& types() const { return types_; }
  abi::AllocationState& allocation() { return allocation_; }

  // Returns the address of a new object of zero words.
  uint64_t allocate(uint32_t type, uint32_t length = 0) {
    uint64_t size = types_.sizeOf(type, length);
    uintptr_t address =
        size > abi::kMaxSmallObject ? space_->large.allocate(size) : space_->small.allocate(size);
    if (address == 0) return 0;
    std::memset(reinterpret_cast<void*>(address), 0, size);
    *objectAt(address) = {TestTypes::word(type), length};
    return address;
  }

 private:
  TestTypes types_;
  abi::AllocationState allocation_{};
  std::unique_ptr<HeapSpace> space_;
};

// A heap with roots that the test sets.
class TestHeap final : private RootSource {
 public:
  explicit TestHeap(const HeapOptions& options = {})
      : heap_(Heap::create(allocation_, types_.rows(), *this, options).value()) {}

  // Precise roots.
  std::vector<uint64_t> handles;
  // Words that are scanned conservatively.
  std::vector<uintptr_t> words;

  Heap* operator->() { return heap_.get(); }
  const TestTypes& types() const { return types_; }

  // Returns the address of a new object whose words are zero; 0 if there is no room.
  uint64_t allocate(uint32_t type, uint32_t length = 0) {
    uint64_t size = types_.sizeOf(type, length);
    uint64_t address = allocateRaw(type, length, size);
    if (address != 0) std::memset(reinterpret_cast<void*>(address + 8), 0, size - 8);
    return address;
  }
  // Stores with a barrier.
  void store(uint64_t object, uint64_t word, uint64_t value) {
    testing::store(allocation_, object, word, value);
  }

 private:
  uint64_t allocateRaw(uint32_t type, uint32_t length, uint64_t size) {
    auto room = static_cast<uint64_t>(allocation_.limit - allocation_.cursor);
    if (size > abi::kMaxSmallObject || size > room) {
      return reinterpret_cast<uint64_t>(heap_->allocate(TestTypes::word(type), length, size));
    }
    abi::ObjectHeader* object = objectAt(reinterpret_cast<uintptr_t>(allocation_.cursor));
    allocation_.cursor += size;
    *object = {TestTypes::word(type), length};
    return addressOf(object);
  }

  void visitRoots(RootVisitor& visitor) override {
    for (uint64_t& handle : handles) visitor.reference(handle);
    visitor.conservative({words.data(), words.data() + words.size()});
  }

  TestTypes types_;
  abi::AllocationState allocation_{};
  std::unique_ptr<Heap> heap_;
};

}  // namespace runtime::gc::testing
