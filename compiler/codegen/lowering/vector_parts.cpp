#include "compiler/codegen/lowering/vector_parts.h"

#include <llvm/Analysis/VectorUtils.h>

namespace codegen {

using llvm::FixedVectorType;
using llvm::Value;

namespace {

unsigned laneCount(const Value* lanes) {
  return llvm::cast<FixedVectorType>(lanes->getType())->getNumElements();
}

Value* everySecond(const Lowering& build, Value* lanes, unsigned first) {
  return build.ir.CreateShuffleVector(lanes,
                                      llvm::createStrideMask(first, 2, laneCount(lanes) / 2));
}

}  // namespace

FixedVectorType* withWiderLanes(llvm::Type* type) {
  auto* vector = llvm::cast<FixedVectorType>(type);
  llvm::Type* lane = llvm::IntegerType::get(type->getContext(), 2 * vector->getScalarSizeInBits());
  return FixedVectorType::get(lane, vector->getNumElements() / 2);
}

FixedVectorType* withNarrowerLanes(llvm::Type* type) {
  auto* vector = llvm::cast<FixedVectorType>(type);
  llvm::Type* lane = llvm::IntegerType::get(type->getContext(), vector->getScalarSizeInBits() / 2);
  return FixedVectorType::get(lane, vector->getNumElements() * 2);
}

Value* halfOf(const Lowering& build, Value* lanes, Half half) {
  unsigned count = laneCount(lanes) / 2;
  unsigned first = half == Half::Low ? 0 : count;
  return build.ir.CreateShuffleVector(lanes, llvm::createSequentialMask(first, count, 0));
}

Value* evenLanes(const Lowering& build, Value* lanes) { return everySecond(build, lanes, 0); }
Value* oddLanes(const Lowering& build, Value* lanes) { return everySecond(build, lanes, 1); }

Value* interleave(const Lowering& build, Value* first, Value* second, Half half) {
  int count = static_cast<int>(laneCount(first));
  llvm::SmallVector<int, 16> mask;
  int begin = half == Half::Low ? 0 : count / 2;
  for (int lane = begin; lane < begin + count / 2; ++lane) {
    mask.push_back(lane);
    mask.push_back(lane + count);
  }
  return build.ir.CreateShuffleVector(first, second, mask);
}

Value* concatenate(const Lowering& build, Value* first, Value* second) {
  unsigned count = 2 * laneCount(first);
  return build.ir.CreateShuffleVector(first, second, llvm::createSequentialMask(0, count, 0));
}

}  // namespace codegen
