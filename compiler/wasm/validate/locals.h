// The locals of a function while its body is validated. A few bytes can declare 50,000 locals, so
// they are stored as runs of the same type: time and memory are proportional to the size of the
// function.
#pragma once

#include <array>
#include <span>
#include <unordered_set>
#include <vector>

#include "compiler/wasm/module.h"

namespace wasm {

// The types of locals and the set of those that have been initialized (section 3.1.5). Indices
// start with the parameters.
class Locals {
 public:
  // Starts a function. Its parameters are the first locals and are initialized; the runs follow.
  // Copies the types. Requires that the number of locals fits into 32 bits.
  void reset(std::span<const ValueType> params, std::span<const LocalRun> runs);

  // Returns the number of locals, including parameters.
  uint32_t size() const { return size_; }
  // Returns the type of a local. Requires index < size(). Takes constant time for the first locals,
  // logarithmic time in the number of runs for others.
  ValueType type(uint32_t index) const { return index < kFlat ? flat_[index] : findRun(index); }

  // Returns whether a local may be read. A local whose type has no default value, that is, a
  // non-null reference, must be set first. Requires index < size().
  bool isInitialized(uint32_t index) const {
    return index < params_ || hasDefault(type(index)) || set_.contains(index);
  }
  // Records that a local is set by local.set or local.tee.
  void setInitialized(uint32_t index);
  // mark() returns a position, and restore() makes all locals uninitialized that were set after it.
  // Called at the start and at the end of each block: a branch may have left the block before it
  // set them.
  size_t mark() const { return order_.size(); }
  void restore(size_t mark);

 private:
  static constexpr uint32_t kFlat = 64;
  struct Run {
    uint32_t end;  // the first index after the run
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
