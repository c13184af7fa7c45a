#include "compiler/codegen/passes/traps/prevent_load_narrowing.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/MC/MCSubtargetInfo.h>

namespace codegen {

using llvm::isa;

namespace {

// A constant operand may mask lanes, and a conversion or shuffle leave them out.
bool needsAllLanes(const llvm::User* user) {
  bool isLaneByLane = isa<llvm::BinaryOperator, llvm::CmpInst, llvm::IntrinsicInst>(user);
  bool hasConstant = llvm::any_of(user->operands(), [](const llvm::Use& operand) {
    return isa<llvm::Constant>(operand) && !isa<llvm::Function>(operand);
  });
  return (isLaneByLane && !hasConstant) || isa<llvm::StoreInst>(user);
}

bool isUsedWhole(const llvm::LoadInst& load) {
  return llvm::all_of(load.users(), [](const llvm::User* user) {
    return needsAllLanes(user) ||
           (isa<llvm::BitCastInst>(user) && llvm::all_of(user->users(), needsAllLanes));
  });
}

// Whether `value` is all ones or zero in each lane, by a comparison.
bool isMask(const llvm::Value* value) {
  using namespace llvm::PatternMatch;
  llvm::Value* inner;
  while (match(value, m_BitCast(m_Value(inner))) || match(value, m_Not(m_Value(inner)))) {
    value = inner;
  }
  return match(value, m_SExt(m_Value(inner))) && inner->getType()->isIntOrIntVectorTy(1);
}

// Whether `user` leaves out lanes of its operands, or the only one, by others that are conditions.
bool masks(const llvm::User* user) {
  if (isa<llvm::SelectInst>(user)) return true;
  if (!isa<llvm::BinaryOperator>(user)) return false;
  return user->getType()->isIntOrIntVectorTy(1) || llvm::any_of(user->operands(), isMask);
}

bool mayBeMasked(const llvm::LoadInst& load) {
  llvm::Type* type = load.getType();
  if (!type->isVectorTy() && !type->isFloatingPointTy()) return false;
  return llvm::any_of(load.users(), [](const llvm::User* user) {
    return masks(user) || llvm::any_of(user->users(), masks);
  });
}

// So that nothing becomes of the load what is not wanted of the whole.
void keepApart(llvm::LoadInst& load) {
  auto* whole = new llvm::FreezeInst(&load, "", std::next(load.getIterator()));
  load.replaceUsesWithIf(whole, [&](llvm::Use& use) { return use.getUser() != whole; });
}

}  // namespace

llvm::PreservedAnalyses PreventLoadNarrowing::run(llvm::Function& function,
                                                  llvm::FunctionAnalysisManager&) {
  const llvm::MCSubtargetInfo& target = *machine_->getMCSubtargetInfo();
  bool hasMasks = machine_->getTargetTriple().isX86() && target.checkFeatures("+avx512f");
  for (llvm::Instruction& instruction : llvm::make_early_inc_range(llvm::instructions(function))) {
    auto* load = llvm::dyn_cast<llvm::LoadInst>(&instruction);
    if (load == nullptr || !load->isVolatile()) continue;
    bool isParted = load->getType()->isVectorTy() && !isUsedWhole(*load);
    if (isParted || (hasMasks && mayBeMasked(*load))) keepApart(*load);
  }
  return llvm::PreservedAnalyses::all();
}

}  // namespace codegen
