// Limits on what the guests of a store take from the host. Beyond a limit memory.grow and
// table.grow return -1, and instantiation fails with an error that names the limit.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "runtime/base/result.h"

namespace runtime {

struct Limits {
#define LIMIT(id, value, unit, setters) uint64_t id = value;
#include "runtime/instance/limits.def"
#undef LIMIT
};

// An amount of each resource that has a limit.
struct Demand {
#define LIMIT(id, value, unit, setters) uint64_t id = 0;
#include "runtime/instance/limits.def"
#undef LIMIT
};

// Keeps count of what a store's guests have taken.
class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits) {}
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  // Takes all of `demand`; or fails, taking nothing, with an error that names the limit.
  base::Result<void> take(const Demand& demand);
  // `demand` was taken before.
  void giveBack(const Demand& demand);

 private:
  Limits limits_;
  Demand taken_;
};

}  // namespace runtime
