#include "compiler/codegen/passes/analysis/loop_copy.h"

#include <llvm/Transforms/Utils/Cloning.h>

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::Loop;
using llvm::Value;

bool isCopyable(const Loop& loop, size_t maxInstructions) {
  if (!loop.isInnermost() || !loop.isSafeToClone()) return false;
  size_t size = 0;
  for (const BasicBlock* block : loop.blocks()) {
    size += block->size();
    if (size > maxInstructions) return false;
  }
  return true;
}

void addCopiesTo(llvm::PHINode& phi, const llvm::ValueToValueMapTy& copies) {
  auto copyOf = [&](Value* value) -> Value* {
    Value* copy = copies.lookup(value);
    return copy == nullptr ? value : copy;
  };
  for (unsigned i = 0, count = phi.getNumIncomingValues(); i < count; ++i) {
    BasicBlock* block = phi.getIncomingBlock(i);
    Value* copy = copyOf(block);
    if (copy != block) {
      phi.addIncoming(copyOf(phi.getIncomingValue(i)), llvm::cast<BasicBlock>(copy));
    }
  }
}

}  // namespace

llvm::SmallVector<Loop*, 8> copyableLoops(const llvm::LoopInfo& loops, size_t maxInstructions) {
  llvm::SmallVector<Loop*, 8> copyable;
  llvm::copy_if(loops.getLoopsInPreorder(), std::back_inserter(copyable),
                [&](const Loop* loop) { return isCopyable(*loop, maxInstructions); });
  return copyable;
}

Loop* copyLoop(Loop& loop, BasicBlock* entry, BasicBlock* guard, const char* suffix,
               llvm::LoopInfo& loops, llvm::DominatorTree& dominators,
               llvm::ScalarEvolution& evolution) {
  llvm::ValueToValueMapTy copies;
  llvm::SmallVector<BasicBlock*, 8> blocks;
  Loop* copy = llvm::cloneLoopWithPreheader(entry, guard, &loop, copies, suffix, &loops,
                                            &dominators, blocks);
  llvm::remapInstructionsInBlocks(blocks, copies);
  llvm::SmallVector<BasicBlock*> exits;
  loop.getUniqueExitBlocks(exits);
  for (BasicBlock* exit : exits) {
    for (llvm::PHINode& phi : exit->phis()) {
      evolution.forgetLcssaPhiWithNewPredecessor(&loop, &phi);
      addCopiesTo(phi, copies);
    }
  }
  for (BasicBlock* block : loop.blocks()) {
    llvm::SmallVector<llvm::DomTreeNode*> children(dominators[block]->children());
    for (llvm::DomTreeNode* child : children) {
      if (loop.contains(child->getBlock())) continue;
      dominators.changeImmediateDominator(child->getBlock(), guard);
    }
  }
  return copy;
}

}  // namespace codegen
