#include "compiler/codegen/passes/analysis/addrec_step.h"

#include <llvm/Analysis/ScalarEvolutionExpressions.h>

namespace codegen {

using llvm::dyn_cast;

std::optional<llvm::APInt> stepOf(llvm::Value* value, const llvm::Loop& loop,
                                  llvm::ScalarEvolution& evolution) {
  if (!evolution.isSCEVable(value->getType())) return std::nullopt;
  auto* recurrence = dyn_cast<llvm::SCEVAddRecExpr>(evolution.getSCEV(value));
  if (recurrence == nullptr || recurrence->getLoop() != &loop || !recurrence->isAffine()) {
    return std::nullopt;
  }
  auto* step = dyn_cast<llvm::SCEVConstant>(recurrence->getStepRecurrence(evolution));
  if (step == nullptr) return std::nullopt;
  return step->getAPInt();
}

}  // namespace codegen
