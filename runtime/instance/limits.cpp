#include "runtime/instance/limits.h"

#include <fmt/format.h>

#include <string_view>

#include "runtime/base/check.h"

namespace runtime {
namespace {

// A row of limits.def, with the members of Limits and Demand that belong to it.
struct Row {
  const char* name;
  const char* unit;
  std::string_view setters;
  uint64_t Limits::*limit;
  uint64_t Demand::*amount;
};

constexpr Row kRows[] = {
#define LIMIT(id, value, unit, setters) {#id, unit, setters, &Limits::id, &Demand::id},
#include "runtime/instance/limits.def"
#undef LIMIT
};

base::Error beyond(const Row& row, uint64_t taken, uint64_t wanted, uint64_t limit) {
  std::string others = row.setters.empty() ? "" : fmt::format(" ({})", row.setters);
  return {"", fmt::format("{} {} on top of {} exceed the limit of {}, which is set by "
                          "StoreOptions::limits.{}{}",
                          wanted, row.unit, taken, limit, row.name, others)};
}

}  // namespace

base::Result<void> Account::take(const Demand& demand) {
  if (outer_ != nullptr) TRY(outer_->take(demand));
  auto taken = takeOwn(demand);
  if (!taken && outer_ != nullptr) outer_->giveBack(demand);
  return taken;
}

base::Result<void> Account::takeOwn(const Demand& demand) {
  std::scoped_lock lock(mutex_);
  // All limits are checked before anything is taken, so that a failure needs no undoing.
  for (const Row& row : kRows) {
    uint64_t limit = limits_.*row.limit;
    uint64_t taken = taken_.*row.amount;
    uint64_t wanted = demand.*row.amount;
    if (taken > limit || wanted > limit - taken) return beyond(row, taken, wanted, limit);
  }
  for (const Row& row : kRows) taken_.*row.amount += demand.*row.amount;
  return {};
}

void Account::giveBack(const Demand& demand) {
  {
    std::scoped_lock lock(mutex_);
    for (const Row& row : kRows) {
      CHECK(taken_.*row.amount >= demand.*row.amount);
      taken_.*row.amount -= demand.*row.amount;
    }
  }
  if (outer_ != nullptr) outer_->giveBack(demand);
}

void Account::limitHeaps(uint64_t bytes) {
  std::scoped_lock lock(mutex_);
  if (heapLimit_ == UINT64_MAX) heapLimit_ = bytes;
}

bool Account::takeForHeap(uint64_t bytes) {
  if (outer_ != nullptr && !outer_->takeForHeap(bytes)) return false;
  {
    std::scoped_lock lock(mutex_);
    if (bytes <= heapLimit_ - heapTaken_) {
      heapTaken_ += bytes;
      return true;
    }
  }
  if (outer_ != nullptr) outer_->giveBackOfHeap(bytes);
  return false;
}

void Account::giveBackOfHeap(uint64_t bytes) {
  {
    std::scoped_lock lock(mutex_);
    CHECK(heapTaken_ >= bytes);
    heapTaken_ -= bytes;
  }
  if (outer_ != nullptr) outer_->giveBackOfHeap(bytes);
}

}  // namespace runtime
