#include "runtime/gc/sweep.h"

#include <cstring>

namespace runtime::gc {

uint64_t Sweep::run(bool isFull) {
  uint64_t live = 0;
  blocks_.forEach(BlockState::Small, [&](uint32_t block) {
    if (isFull || blocks_[block].hasYoung) {
      live += sweepSmall(block);
    } else {
      live += (kLinesPerBlock - blocks_[block].freeLines) * kLine;
    }
  });
  large_.forEach([&](const abi::ObjectHeader* object) { live += sweepLarge(object); });
  return live;
}

uint64_t Sweep::sweepSmall(uint32_t block) {
  Block& info = blocks_[block];
  LineSet free = lines_.marked(block).complement();
  lines_.freeLines(block) = free;
  starts_.copyBlock(block, marks_);
  info.hasYoung = false;
  info.isParsed = false;
  info.freeLines = static_cast<uint16_t>(free.size());
  info.longestHoleLog2 = free.longestRunLog2();
  uint64_t live = (kLinesPerBlock - info.freeLines) * kLine;
  if (isPoisoning_) poison(block, free);
  if (live == 0) blocks_.free(block);
  return live;
}

uint64_t Sweep::sweepLarge(const abi::ObjectHeader* object) {
  uint64_t bytes = unitsFor(types_.sizeOf(object)) * kUnit;
  if (marks_.test(addressOf(object))) return bytes;
  large_.free(object);
  if (isPoisoning_) std::memset(reinterpret_cast<void*>(addressOf(object)), kPoison, bytes);
  return 0;
}

void Sweep::poison(uint32_t block, LineSet lines) const {
  while (!lines.isEmpty()) {
    LineRun run = lines.firstRun(1);
    lines.remove(run);
    std::memset(reinterpret_cast<void*>(region_.addressOfBlock(block) + run.begin * kLine), kPoison,
                (run.end - run.begin) * kLine);
  }
}

}  // namespace runtime::gc
