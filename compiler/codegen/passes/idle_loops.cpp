#include "compiler/codegen/passes/idle_loops.h"

#include <llvm/IR/Instructions.h>

namespace codegen {

using llvm::isa;
using llvm::Loop;
using llvm::Value;

namespace {

bool hasEffect(const llvm::Instruction& instruction) {
  return !isa<llvm::LoadInst>(instruction) && instruction.mayHaveSideEffects();
}

// Whether `value` is needed outside of the loop that it is computed in, where not even its exit's
// phi tells it from another.
bool isNeededOutside(const llvm::Instruction& value, const Loop& loop,
                     const llvm::BasicBlock* exit) {
  return llvm::any_of(value.users(), [&](const llvm::User* user) {
    auto* instruction = llvm::cast<llvm::Instruction>(user);
    if (loop.contains(instruction)) return false;
    bool isExitPhi = isa<llvm::PHINode>(instruction) && instruction->getParent() == exit;
    return !isExitPhi || !instruction->use_empty();
  });
}

// Whether some phi of `exit` is told by what stays the same where the loop was left.
bool tellsWhereFrom(const llvm::BasicBlock& exit, const Loop& loop) {
  return llvm::any_of(exit.phis(), [&](const llvm::PHINode& phi) {
    const Value* first = nullptr;
    for (unsigned i = 0; i < phi.getNumIncomingValues(); ++i) {
      if (!loop.contains(phi.getIncomingBlock(i))) continue;
      if (first == nullptr) first = phi.getIncomingValue(i);
      if (phi.getIncomingValue(i) != first && !phi.use_empty()) return true;
    }
    return false;
  });
}

}  // namespace

bool IdleLoops::contain(const llvm::BasicBlock& block) {
  for (const Loop* loop = loops_.getLoopFor(&block); loop != nullptr;
       loop = loop->getParentLoop()) {
    auto [known, isNew] = known_.try_emplace(loop, false);
    if (isNew) known->second = isIdle(*loop);
    if (known->second) return true;
  }
  return false;
}

bool IdleLoops::isIdle(const Loop& loop) {
  const llvm::BasicBlock* exit = loop.getUniqueExitBlock();
  if (exit == nullptr) return loop.hasNoExitBlocks();
  if (tellsWhereFrom(*exit, loop)) return false;
  return llvm::all_of(loop.blocks(), [&](const llvm::BasicBlock* block) {
    return llvm::none_of(*block, [&](const llvm::Instruction& instruction) {
      return hasEffect(instruction) || isNeededOutside(instruction, loop, exit);
    });
  });
}

}  // namespace codegen
