#include "runtime/gc/space/small_space.h"

#include <bit>

#include "runtime/gc/space/object_layout.h"

namespace runtime::gc {

// The free lines that a block needs for its holes to be used. With fewer, the time to find holes is
// not worth the space.
static constexpr uint32_t kMinFreeLines = 8;
// The bytes for which a hole is kept if an object of more than a line does not fit.
static constexpr uint64_t kMinRest = 1024;

template <class AnyHole>
uintptr_t SmallSpace::bump(AnyHole& hole, uint64_t size) {
  if (size > static_cast<uint64_t>(hole.limit - hole.cursor)) return 0;
  auto address = reinterpret_cast<uintptr_t>(hole.cursor);
  hole.cursor += size;
  return address;
}

uintptr_t SmallSpace::allocate(uint64_t size) {
  if (uintptr_t address = bump(first_, size)) return address;
  if (size <= kLine || static_cast<uint64_t>(first_.limit - first_.cursor) < kMinRest) {
    retire(first_);
    Hole hole = takeHole(size);
    first_.cursor = hole.cursor;
    first_.limit = hole.limit;
    return bump(first_, size);
  }
  if (uintptr_t address = bump(second_, size)) return address;
  retire(second_);
  second_ = takeHole(size);
  return bump(second_, size);
}

void SmallSpace::retire() {
  retire(first_);
  retire(second_);
}

template <class AnyHole>
void SmallSpace::retire(AnyHole& hole) {
  if (hole.cursor < hole.limit) {
    auto cursor = reinterpret_cast<uintptr_t>(hole.cursor);
    *objectAt(cursor) = {};
    uint32_t block = region_.blockOf(cursor);
    // The cursor may be at the start of a line but not at the block's end, which is the limit.
    uint64_t offset = cursor - region_.addressOfBlock(block);
    auto limit = reinterpret_cast<uintptr_t>(hole.limit) - region_.addressOfBlock(block);
    LineRun unused{linesFor(offset), static_cast<uint32_t>(limit / kLine)};
    lines_.freeLines(block).add(unused);
    budget_.taken -= (unused.end - unused.begin) * kLine;
  }
  hole.cursor = nullptr;
  hole.limit = nullptr;
}

SmallSpace::Hole SmallSpace::takeHole(uint64_t size) {
  if (budget_.isSpent()) return {};
  uint32_t lines = linesFor(size);
  Hole hole = takeHoleOfUsedBlock(lines);
  if (hole.cursor != nullptr) return hole;
  std::optional<uint32_t> block = blocks_.takeForSmall();
  if (!block) return {};
  lines_.freeLines(*block) = LineSet::all();
  blocks_[*block].freeLines = 0;  // the next collection counts them
  return take(*block, {0, kLinesPerBlock});
}

SmallSpace::Hole SmallSpace::takeHoleOfUsedBlock(uint32_t lines) {
  auto log2 = static_cast<uint32_t>(std::bit_width(lines)) - 1;
  uint32_t end = blocks_.smallEnd();
  for (uint32_t block = searchBegins_[lines]; block < end; ++block) {
    const Block& info = blocks_[block];
    if (info.freeLines < kMinFreeLines || info.longestHoleLog2 < log2) continue;
    LineRun run = lines_.freeLines(block).firstRun(lines);
    if (run.isEmpty()) continue;
    searchBegins_[lines] = block;
    return take(block, run);
  }
  searchBegins_[lines] = end;
  return {};
}

SmallSpace::Hole SmallSpace::take(uint32_t block, LineRun run) {
  lines_.freeLines(block).remove(run);
  blocks_[block].hasYoung = true;
  budget_.taken += (run.end - run.begin) * kLine;
  auto* base = reinterpret_cast<uint8_t*>(region_.addressOfBlock(block));
  return {base + run.begin * kLine, base + run.end * kLine};
}

}  // namespace runtime::gc
