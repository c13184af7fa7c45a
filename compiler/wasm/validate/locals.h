// The locals of a function while its code is checked. A few bytes can declare fifty thousand of
// them, so they are kept as runs: a function costs what its bytes explain.
#pragma once

#include <array>
#include <span>
#include <unordered_set>
#include <vector>

#include "compiler/wasm/module.h"

namespace wasm {

class Locals {
 public:
  // Parameters come first, and hold a value.
  void reset(std::span<const ValueType> params, std::span<const LocalRun> runs);

  uint32_t size() const { return size_; }
  ValueType type(uint32_t index) const { return index < kFlat ? flat_[index] : findRun(index); }

  // Locals of a type without default value must be set before they are read.
  bool isInitialised(uint32_t index) const {
    return index < params_ || hasDefault(type(index)) || set_.contains(index);
  }
  void setInitialised(uint32_t index);
  // How many were initialised so far, and back to that: what a block sets does not last beyond it.
  size_t mark() const { return order_.size(); }
  void restore(size_t mark);

 private:
  static constexpr uint32_t kFlat = 64;
  struct Run {
    uint32_t end;  // the first index behind it
    ValueType type;
  };

  static bool hasDefault(ValueType type) { return !type.isRef() || type.nullable; }
  ValueType findRun(uint32_t index) const;
  void add(uint32_t count, ValueType type);

  uint32_t params_ = 0;
  uint32_t size_ = 0;
  std::array<ValueType, kFlat> flat_;  // the types of the first ones
  std::vector<Run> runs_;
  std::unordered_set<uint32_t> set_;  // those without default that hold a value
  std::vector<uint32_t> order_;       // the same in the order they were set
};

}  // namespace wasm
