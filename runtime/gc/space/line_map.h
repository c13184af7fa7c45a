// The lines of the blocks with small objects: which ones have live objects, and which ones are free
// for new ones. Those that are neither have young objects, which have been allocated since the last
// collection.
#pragma once

#include <cstdint>
#include <cstring>

#include "runtime/gc/space/line_set.h"

namespace runtime::gc {

// An enumeration rather than a uint8_t, whose stores could change any other variable.
enum class LineMark : uint8_t { Clear, Set };

// The tables of marked and of free lines.
class LineMap {
 public:
  static uint64_t tableBytes(uint32_t blocks) {
    return TableSpace::bytesFor<LineMark>(uint64_t{blocks} * kLinesPerBlock) +
           TableSpace::bytesFor<LineSet>(blocks);
  }
  LineMap(const Region& region, TableSpace& space)
      : base_(region.base()),
        marks_(space.take<LineMark>(uint64_t{region.blockCount()} * kLinesPerBlock)),
        free_(space.take<LineSet>(region.blockCount())) {}

  // Marks the lines of a small object.
  void mark(uintptr_t object, uint64_t size) {
    uint64_t first = (object - base_) / kLine;
    uint64_t last = (object - base_ + size - 1) / kLine;
    if (size <= kLine) {
      marks_[first] = LineMark::Set;
      marks_[last] = LineMark::Set;
    } else {
      std::memset(marks_ + first, static_cast<int>(LineMark::Set), last - first + 1);
    }
  }
  void clearMarks(uint32_t block) {
    std::memset(marks_ + uint64_t{block} * kLinesPerBlock, 0, kLinesPerBlock);
  }
  // Returns the lines of a block that are marked.
  LineSet marked(uint32_t block) const {
    const LineMark* marks = marks_ + uint64_t{block} * kLinesPerBlock;
    LineSet result;
    for (uint32_t i = 0; i < LineSet::kWords; ++i) {
      uint64_t bits = 0;
      for (uint32_t byte = 0; byte < 8; ++byte) {
        uint64_t eight;
        std::memcpy(&eight, marks + i * 64 + byte * 8, sizeof eight);
        // Collects the lowest bits of the 8 bytes in the highest byte of the product.
        bits |= (eight * 0x0102040810204080) >> 56 << byte * 8;
      }
      result.setWord(i, bits);
    }
    return result;
  }

  LineSet& freeLines(uint32_t block) { return free_[block]; }
  const LineSet& freeLines(uint32_t block) const { return free_[block]; }
  LineSet young(uint32_t block) const { return free_[block].complement().without(marked(block)); }

 private:
  uintptr_t base_;
  LineMark* marks_;
  LineSet* free_;
};

}  // namespace runtime::gc
