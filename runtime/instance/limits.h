// The limits on the resources of the host that the guests of a store use together, and the budget
// that counts the use. limits.def lists the resources. If a limit would be exceeded, memory.grow
// and table.grow return -1, creating an object traps, and instantiation fails with an error that
// names the limit.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "runtime/base/result.h"

namespace runtime {

// The limit of each resource, in its unit. The initial values are the defaults.
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

// Counts the use of each resource by a store. Not thread-safe.
class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits) {}
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  // Adds `demand` to the use. If that exceeds a limit, adds nothing and fails with an error that
  // names the limit and how to set it.
  base::Result<void> take(const Demand& demand);
  // Subtracts `demand`, which must have been taken before.
  void giveBack(const Demand& demand);

 private:
  Limits limits_;
  Demand taken_;
};

}  // namespace runtime
