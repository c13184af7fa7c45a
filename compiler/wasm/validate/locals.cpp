#include "compiler/wasm/validate/locals.h"

#include <algorithm>

namespace wasm {

void Locals::reset(std::span<const ValueType> params, std::span<const LocalRun> runs) {
  size_ = 0;
  runs_.clear();
  // Erases the initialized locals one by one: clearing the set would take time for all of its
  // buckets in each function after one with many such locals.
  restore(0);
  for (const ValueType& param : params) add(1, param);
  params_ = size_;
  for (const LocalRun& run : runs) add(run.count, run.type);
}

// The types of the first kFlat locals are also in an array, which is faster to access: most
// functions have few locals. Empty runs are harmless, since findRun() never selects them.
void Locals::add(uint32_t count, ValueType type) {
  for (uint32_t i = size_; i < std::min(size_ + count, kFlat); ++i) flat_[i] = type;
  size_ += count;
  runs_.push_back({size_, type});
}

ValueType Locals::findRun(uint32_t index) const {
  auto isBehind = [](uint32_t at, const Run& run) { return at < run.end; };
  return std::upper_bound(runs_.begin(), runs_.end(), index, isBehind)->type;
}

// Locals that are already initialized are not recorded, so that restore() of an inner block does
// not reset what an outer block has set.
void Locals::setInitialized(uint32_t index) {
  if (isInitialized(index)) return;
  set_.insert(index);
  order_.push_back(index);
}

void Locals::restore(size_t mark) {
  for (; order_.size() > mark; order_.pop_back()) set_.erase(order_.back());
}

}  // namespace wasm
