#include "runtime/gc/sweep.h"

#include <cstring>

namespace runtime::gc {

Sweep::Result Sweep::run(bool isFull) {
  Result live{};
  space_.blocks.forEach(BlockState::Small, [&](uint32_t block) {
    if (isFull || space_.blocks[block].hasYoung) {
      live.lines += sweepSmall(block);
    } else {
      live.lines += (kLinesPerBlock - space_.blocks[block].freeLines) * kLine;
    }
  });
  space_.large.forEach([&](const abi::ObjectHeader* object) { live.units += sweepLarge(object); });
  return live;
}

uint64_t Sweep::sweepSmall(uint32_t block) {
  Block& info = space_.blocks[block];
  LineSet free = space_.lines.marked(block).complement();
  space_.lines.freeLines(block) = free;
  space_.starts.copyBlock(block, space_.marks);
  info.hasYoung = false;
  info.isParsed = false;
  info.freeLines = static_cast<uint16_t>(free.size());
  info.longestHoleLog2 = free.longestRunLog2();
  uint64_t live = (kLinesPerBlock - info.freeLines) * kLine;
  if (isPoisoning_) poison(block, free);
  if (live == 0) space_.blocks.free(block);
  return live;
}

uint64_t Sweep::sweepLarge(const abi::ObjectHeader* object) {
  uint64_t bytes = unitsFor(space_.types.sizeOf(object)) * kUnit;
  if (space_.marks.test(addressOf(object))) return bytes;
  space_.large.free(object);
  if (isPoisoning_) std::memset(reinterpret_cast<void*>(addressOf(object)), kPoison, bytes);
  return 0;
}

void Sweep::poison(uint32_t block, LineSet lines) const {
  while (!lines.isEmpty()) {
    LineRun run = lines.firstRun(1);
    lines.remove(run);
    std::memset(reinterpret_cast<void*>(space_.region.addressOfBlock(block) + run.begin * kLine),
                kPoison, (run.end - run.begin) * kLine);
  }
}

}  // namespace runtime::gc
