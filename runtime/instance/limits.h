// How much of the host the guests of a store may have. Beyond a limit memory.grow and table.grow
// fail with -1, and instantiation with an error that names the limit.
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

// So much of each of them.
struct Demand {
#define LIMIT(id, value, unit, setters) uint64_t id = 0;
#include "runtime/instance/limits.def"
#undef LIMIT
};

// What is taken, and what is left.
class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits) {}
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  // Takes all of it, or nothing and says which limit forbids it.
  base::Result<void> take(const Demand& demand);
  // What was taken.
  void giveBack(const Demand& demand);

 private:
  Limits limits_;
  Demand taken_;
};

}  // namespace runtime
