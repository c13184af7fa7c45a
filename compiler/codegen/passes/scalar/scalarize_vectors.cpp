#include "compiler/codegen/passes/scalar/scalarize_vectors.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/Utils/Local.h>

namespace codegen {

using llvm::dyn_cast;
using llvm::Value;

namespace {

// The scalars of a vector; null for lanes that are not known yet.
using Lanes = llvm::SmallVector<Value*, 4>;

// With more lanes the scalar operations outnumber the moves that they save.
constexpr unsigned kMaxLanes = 4;

// Fills the null elements of `lanes` with the scalars of `value`. Returns false if one is not
// known.
bool gatherLanes(Value* value, Lanes& lanes) {
  while (auto* insert = dyn_cast<llvm::InsertElementInst>(value)) {
    auto* lane = dyn_cast<llvm::ConstantInt>(insert->getOperand(2));
    if (lane == nullptr || lane->getValue().uge(lanes.size())) return false;
    Value*& scalar = lanes[lane->getZExtValue()];
    if (scalar == nullptr) scalar = insert->getOperand(1);
    value = insert->getOperand(0);
  }
  auto* shuffle = dyn_cast<llvm::ShuffleVectorInst>(value);
  if (shuffle != nullptr && shuffle->isZeroEltSplat()) {
    auto* insert = dyn_cast<llvm::InsertElementInst>(shuffle->getOperand(0));
    if (insert == nullptr || !match(insert->getOperand(2), llvm::PatternMatch::m_Zero()))
      return false;
    for (Value*& lane : lanes) {
      if (lane == nullptr) lane = insert->getOperand(1);
    }
    return true;
  }
  auto* constant = dyn_cast<llvm::Constant>(value);
  for (unsigned i = 0; i < lanes.size(); ++i) {
    if (lanes[i] == nullptr && constant != nullptr) lanes[i] = constant->getAggregateElement(i);
    if (lanes[i] == nullptr) return false;
  }
  return true;
}

bool extractsLane(const llvm::User* user) {
  auto* extract = dyn_cast<llvm::ExtractElementInst>(user);
  return extract != nullptr && llvm::isa<llvm::ConstantInt>(extract->getIndexOperand());
}

// Returns true if all users extract a lane, or are behind the loop of the operation, where LLVM
// sinks uses of the whole vector.
bool isUsedByLanes(const llvm::Instruction& operation, const llvm::LoopInfo& loops) {
  const llvm::Loop* loop = loops.getLoopFor(operation.getParent());
  return llvm::all_of(operation.users(), [&](const llvm::User* user) {
    bool isAfter =
        loop != nullptr && !loop->contains(llvm::cast<llvm::Instruction>(user)->getParent());
    return extractsLane(user) || isAfter;
  });
}

// Returns true if the lanes of `operation` are now computed by scalar operations.
bool scalarize(llvm::BinaryOperator& operation, const llvm::LoopInfo& loops) {
  auto* type = dyn_cast<llvm::FixedVectorType>(operation.getType());
  if (type == nullptr || type->getNumElements() > kMaxLanes || !isUsedByLanes(operation, loops))
    return false;
  Lanes left(type->getNumElements()), right(type->getNumElements());
  if (!gatherLanes(operation.getOperand(0), left) || !gatherLanes(operation.getOperand(1), right)) {
    return false;
  }
  for (llvm::User* user : llvm::make_early_inc_range(operation.users())) {
    if (!extractsLane(user)) continue;
    auto* extract = llvm::cast<llvm::ExtractElementInst>(user);
    uint64_t lane = llvm::cast<llvm::ConstantInt>(extract->getIndexOperand())->getZExtValue();
    if (lane >= left.size()) continue;
    auto* scalar = llvm::BinaryOperator::Create(operation.getOpcode(), left[lane], right[lane], "",
                                                operation.getIterator());
    scalar->copyIRFlags(&operation);
    scalar->setDebugLoc(operation.getDebugLoc());
    extract->replaceAllUsesWith(scalar);
    extract->eraseFromParent();
  }
  return true;
}

}  // namespace

llvm::PreservedAnalyses ScalarizeVectors::run(llvm::Function& function,
                                              llvm::FunctionAnalysisManager& analyses) {
  const auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  llvm::SmallVector<llvm::WeakTrackingVH, 8> dead;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    auto* operation = dyn_cast<llvm::BinaryOperator>(&instruction);
    if (operation != nullptr && scalarize(*operation, loops)) dead.push_back(operation);
  }
  if (dead.empty()) return llvm::PreservedAnalyses::all();
  llvm::RecursivelyDeleteTriviallyDeadInstructionsPermissive(dead);
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
