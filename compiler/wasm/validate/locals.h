// The locals of a function while its body is validated. A few bytes can declare 50,000 locals, so
// they are stored as runs of the same type: time and memory stay in proportion to the size of the
// function.
#pragma once

#include <array>
#include <span>
#include <unordered_set>
#include <vector>

#include "compiler/wasm/module.h"

namespace wasm {

// The types of locals and which of them have been set (section 3.1.5).
class Locals {
 public:
  // Starts a function. Its parameters are the first locals and are initialised.
  void reset(std::span<const ValueType> params, std::span<const LocalRun> runs);

  uint32_t size() const { return size_; }
  ValueType type(uint32_t index) const { return index < kFlat ? flat_[index] : findRun(index); }

  // Returns whether a local may be read. Locals whose type has no default value must be set first.
  bool isInitialised(uint32_t index) const {
    return index < params_ || hasDefault(type(index)) || set_.contains(index);
  }
  void setInitialised(uint32_t index);
  // mark() returns a position to which restore() goes back at the end of a block: locals that were
  // set in a block are not initialised behind it.
  size_t mark() const { return order_.size(); }
  void restore(size_t mark);

 private:
  static constexpr uint32_t kFlat = 64;
  struct Run {
    uint32_t end;  // the first index behind the run
    ValueType type;
  };

  static bool hasDefault(ValueType type) { return !type.isRef() || type.nullable; }
  ValueType findRun(uint32_t index) const;
  void add(uint32_t count, ValueType type);

  uint32_t params_ = 0;
  uint32_t size_ = 0;
  std::array<ValueType, kFlat> flat_;  // the types of the first locals
  std::vector<Run> runs_;
  std::unordered_set<uint32_t> set_;  // locals without default value that have been set
  std::vector<uint32_t> order_;       // the same locals in the order in which they were set
};

}  // namespace wasm
