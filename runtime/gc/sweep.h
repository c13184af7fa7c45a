// The end of a collection: makes the space of objects that are not marked free.
#pragma once

#include <cstdint>

#include "runtime/gc/block_table.h"
#include "runtime/gc/large_space.h"
#include "runtime/gc/line_map.h"
#include "runtime/gc/object_bits.h"

namespace runtime::gc {

class Sweep {
 public:
  // The byte that `isPoisoning` fills free lines, units and blocks with.
  static constexpr uint8_t kPoison = 0xdb;

  // The arguments must outlive the sweep.
  Sweep(const Region& region, BlockTable& blocks, LineMap& lines, LargeSpace& large,
        TypeTable types, const ObjectBits& marks, ObjectBits& starts, bool isPoisoning)
      : region_(region),
        blocks_(blocks),
        lines_(lines),
        large_(large),
        types_(types),
        marks_(marks),
        starts_(starts),
        isPoisoning_(isPoisoning) {}

  // Returns the bytes of lines and units that remain in use. After a minor collection, only blocks
  // with young objects have changed.
  uint64_t run(bool isFull);

 private:
  uint64_t sweepSmall(uint32_t block);
  uint64_t sweepLarge(const abi::ObjectHeader* object);
  void poison(uint32_t block, LineSet lines) const;

  const Region& region_;
  BlockTable& blocks_;
  LineMap& lines_;
  LargeSpace& large_;
  TypeTable types_;
  const ObjectBits& marks_;
  ObjectBits& starts_;
  bool isPoisoning_;
};

}  // namespace runtime::gc
