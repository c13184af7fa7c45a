// The end of a collection: makes the space of objects that are not marked free.
#pragma once

#include <cstdint>

#include "runtime/gc/heap_space.h"

namespace runtime::gc {

class Sweep {
 public:
  // The byte that `isPoisoning` fills free lines, units and blocks with.
  static constexpr uint8_t kPoison = 0xdb;

  // `space` must outlive the sweep.
  Sweep(HeapSpace& space, bool isPoisoning) : space_(space), isPoisoning_(isPoisoning) {}

  // The bytes that remain in use.
  struct Result {
    uint64_t lines;
    uint64_t units;
  };
  // After a minor collection, only blocks with young objects have changed.
  Result run(bool isFull);

 private:
  uint64_t sweepSmall(uint32_t block);
  uint64_t sweepLarge(const abi::ObjectHeader* object);
  void poison(uint32_t block, LineSet lines) const;

  HeapSpace& space_;
  bool isPoisoning_;
};

}  // namespace runtime::gc
