#include "compiler/codegen/effort.h"

namespace codegen {

namespace {

// Nanoseconds on a machine of 2023 that optimising takes beyond what the length of a function
// accounts for.
uint64_t estimate(const FunctionShape& shape) {
  return 100 * shape.joins + 1'000 * shape.chains + 1'000 * shape.conditions +
         130'000 * shape.loopChains + 1'000 * shape.continues + 1'000 * shape.exits +
         20 * shape.spans + 2 * shape.blocks + 50 * shape.accesses + 35 * shape.uses +
         3'000 * shape.divisions;
}

constexpr uint64_t kPerPromotionStep = 50;

// Of these: what each function may take, and each byte of one.
constexpr uint64_t kPerFunction = 10'000'000;
constexpr uint64_t kPerByte = 20'000;

}  // namespace

Effort effortFor(llvm::Function& function, uint64_t bytes) {
  uint64_t allowed = kPerFunction + bytes * kPerByte;
  if (promotionSteps(function) * kPerPromotionStep > allowed) return Effort::Least;
  return estimate(measureShape(function)) > allowed ? Effort::Least : Effort::Full;
}

}  // namespace codegen
