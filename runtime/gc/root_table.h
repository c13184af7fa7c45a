// References of the host to objects of a store's heap, which keep the objects alive.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/base/check.h"
#include "runtime/gc/heap.h"

namespace runtime {

// The words that the host holds. Not thread-safe, like the store.
class RootTable {
 public:
  uint32_t add(uint64_t word) {
    if (free_.empty()) {
      words_.push_back(word);
      return static_cast<uint32_t>(words_.size() - 1);
    }
    uint32_t index = free_.back();
    free_.pop_back();
    words_[index] = word;
    return index;
  }
  void remove(uint32_t index) {
    words_[index] = 0;
    free_.push_back(index);
  }
  uint64_t operator[](uint32_t index) const { return words_[index]; }

  // Passes all words to `visitor`.
  void visitRoots(RootVisitor& visitor) {
    for (uint64_t& word : words_) visitor.reference(word);
  }

 private:
  std::vector<uint64_t> words_;  // 0 if the entry is free
  std::vector<uint32_t> free_;
};

// A reference that keeps its object alive as long as this handle and the store exist. Movable. The
// handle may outlive the store; it must be used by the thread that uses the store.
class Rooted {
 public:
  Rooted(std::shared_ptr<RootTable> table, uint64_t word)
      : table_(std::move(table)), index_(table_->add(word)) {}
  Rooted(Rooted&& other) noexcept : table_(std::move(other.table_)), index_(other.index_) {}
  Rooted& operator=(Rooted&& other) noexcept {
    std::swap(table_, other.table_);
    std::swap(index_, other.index_);
    return *this;
  }
  ~Rooted() {
    if (table_ != nullptr) table_->remove(index_);
  }

  // Returns another handle of the reference.
  Rooted copy() const { return {table_, word()}; }

  // Returns the word of the reference (runtime/abi/object.h).
  uint64_t word() const {
    CHECK(table_ != nullptr);
    return (*table_)[index_];
  }

 private:
  std::shared_ptr<RootTable> table_;  // null if moved from
  uint32_t index_;
};

}  // namespace runtime
