// How much may be allocated until the next collection.
#pragma once

#include <cstdint>

namespace runtime::gc {

// In bytes of lines and units.
struct NurseryBudget {
  uint64_t limit = 0;
  uint64_t taken = 0;

  bool isSpent() const { return taken >= limit; }
};

}  // namespace runtime::gc
