#include "compiler/codegen/cost/tier.h"

#include <algorithm>
#include <numeric>

namespace codegen {

namespace {

// Nanoseconds, measured on a machine of 2023.
constexpr uint64_t kPerPromotionStep = 50;
constexpr uint64_t kPerLoopStep = 300;
constexpr uint64_t kPerInstruction = 15'000;

// The fixed time of a function and of a loop, in instructions: about a hundred passes are set up
// for each function, and a dozen more run on each loop.
constexpr uint64_t kPerFunction = 60;
constexpr uint64_t kPerLoop = 100;

uint64_t timeOf(const FunctionShape& shape) {
  return 100 * shape.joins + 1'000 * shape.chains + 1'000 * shape.conditions +
         130'000 * shape.loopChains + 1'000 * shape.continues + 1'000 * shape.exits +
         20 * shape.spans + 8 * shape.blocks + 100 * shape.accesses + 50 * shape.calls +
         70 * shape.uses + 3'000 * shape.divisions + 300 * shape.overflows + 5 * shape.allCalls +
         10 * shape.repetitions;
}

// The limit of one function's time, so that the sum over all functions does not overflow.
constexpr uint64_t kMost = 10'000'000'000'000;

// The budget of excess time of a module: a fixed part, and a part for each byte of its code.
constexpr uint64_t kPerModule = 250'000'000;
constexpr uint64_t kPerByte = 15'000;

// A thunk takes as long as a short function. Few modules have more than some dozens of thunks.
constexpr uint64_t kPerThunk = 1'000'000;
constexpr uint64_t kThunksPerModule = 64;

}  // namespace

uint64_t excessTime(llvm::Function& function, uint64_t bytes) {
  // If promotion or loops exceed the budget by themselves, the other measures are not needed, and
  // would take long.
  uint64_t promotion = promotionSteps(function) * kPerPromotionStep;
  if (promotion > kPerModule + bytes * kPerByte) return std::min(promotion, kMost);
  uint64_t loops = loopSteps(function) * kPerLoopStep;
  if (loops > kPerModule + bytes * kPerByte) return std::min(loops, kMost);
  FunctionShape shape = measureShape(function);
  // Most code has about one LLVM instruction for two bytes of WebAssembly; three for two bytes are
  // allowed.
  uint64_t proportion = bytes + bytes / 2;
  uint64_t instructions = shape.instructions + kPerFunction + shape.loops * kPerLoop;
  instructions -= std::min(instructions, proportion);
  return std::min(promotion + loops + timeOf(shape) + instructions * kPerInstruction, kMost);
}

std::vector<Tier> chooseTiers(std::span<const uint64_t> excess, uint64_t bytes) {
  std::vector<uint32_t> worstFirst(excess.size());
  std::iota(worstFirst.begin(), worstFirst.end(), 0);
  std::ranges::stable_sort(worstFirst,
                           [&](uint32_t a, uint32_t b) { return excess[a] > excess[b]; });
  uint64_t total = std::accumulate(excess.begin(), excess.end(), uint64_t{0});
  std::vector<Tier> tiers(excess.size(), Tier::Optimized);
  for (uint32_t index : worstFirst) {
    if (total <= kPerModule + bytes * kPerByte) break;
    tiers[index] = Tier::Baseline;
    total -= excess[index];
  }
  return tiers;
}

Tier tierForThunks(uint64_t count, uint64_t bytes) {
  bool isInProportion = count * kPerThunk <= kThunksPerModule * kPerThunk + bytes * kPerByte;
  return isInProportion ? Tier::Optimized : Tier::Baseline;
}

}  // namespace codegen
