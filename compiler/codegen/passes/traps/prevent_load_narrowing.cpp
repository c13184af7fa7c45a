#include "compiler/codegen/passes/traps/prevent_load_narrowing.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/MC/MCSubtargetInfo.h>

namespace codegen {

using llvm::isa;

namespace {

// A constant operand may mask lanes, and a conversion or shuffle may ignore lanes.
bool needsAllLanes(const llvm::User* user) {
  bool isLaneByLane = isa<llvm::BinaryOperator, llvm::CmpInst, llvm::IntrinsicInst>(user);
  bool hasConstant = llvm::any_of(user->operands(), [](const llvm::Use& operand) {
    return isa<llvm::Constant>(operand) && !isa<llvm::Function>(operand);
  });
  return (isLaneByLane && !hasConstant) || isa<llvm::StoreInst>(user);
}

bool allLanesAreNeeded(const llvm::LoadInst& load) {
  return llvm::all_of(load.users(), [](const llvm::User* user) {
    return needsAllLanes(user) ||
           (isa<llvm::BitCastInst>(user) && llvm::all_of(user->users(), needsAllLanes));
  });
}

// Returns true if each lane of `value` is all ones or zero by the result of a comparison.
bool isMask(const llvm::Value* value) {
  using namespace llvm::PatternMatch;
  llvm::Value* inner;
  while (match(value, m_BitCast(m_Value(inner))) || match(value, m_Not(m_Value(inner)))) {
    value = inner;
  }
  return match(value, m_SExt(m_Value(inner))) && inner->getType()->isIntOrIntVectorTy(1);
}

// Returns true if `user` may ignore lanes of an operand (or a scalar operand), depending on another
// operand that is a condition.
bool masks(const llvm::User* user) {
  if (isa<llvm::SelectInst>(user)) return true;
  if (!isa<llvm::BinaryOperator>(user)) return false;
  return user->getType()->isIntOrIntVectorTy(1) || llvm::any_of(user->operands(), isMask);
}

// Instruction selection folds through one user at most, so two levels of users are inspected.
bool mayBeMasked(const llvm::LoadInst& load) {
  llvm::Type* type = load.getType();
  if (!type->isVectorTy() && !type->isFloatingPointTy()) return false;
  return llvm::any_of(load.users(), [](const llvm::User* user) {
    return masks(user) || llvm::any_of(user->users(), masks);
  });
}

// Replaces all uses of the load by a `freeze` of it.
void freezeLoad(llvm::LoadInst& load) {
  auto* freeze = new llvm::FreezeInst(&load, "", std::next(load.getIterator()));
  load.replaceUsesWithIf(freeze, [&](llvm::Use& use) { return use.getUser() != freeze; });
}

}  // namespace

llvm::PreservedAnalyses PreventLoadNarrowing::run(llvm::Function& function,
                                                  llvm::FunctionAnalysisManager&) {
  const llvm::MCSubtargetInfo& target = *machine_->getMCSubtargetInfo();
  bool hasMasks = machine_->getTargetTriple().isX86() && target.checkFeatures("+avx512f");
  for (llvm::Instruction& instruction : llvm::make_early_inc_range(llvm::instructions(function))) {
    auto* load = llvm::dyn_cast<llvm::LoadInst>(&instruction);
    if (load == nullptr || !load->isVolatile()) continue;
    bool mayBeNarrowed = load->getType()->isVectorTy() && !allLanesAreNeeded(*load);
    if (mayBeNarrowed || (hasMasks && mayBeMasked(*load))) freezeLoad(*load);
  }
  return llvm::PreservedAnalyses::all();
}

}  // namespace codegen
