#include "compiler/codegen/passes/scalar/split_long_blocks.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/Instructions.h>

namespace codegen {

namespace {

// The length in instructions from which a block is split.
constexpr size_t kMaxBlock = 256;

// The number of instructions at the end of a block that stay together: a tail call and its return.
constexpr size_t kBlockEnd = 4;

// Splits from the end of the block, so that no instruction is moved more than once.
void splitBlock(llvm::BasicBlock& block) {
  llvm::SmallVector<llvm::Instruction*> starts;
  size_t length = 0;
  for (llvm::Instruction& instruction : block) {
    bool isFull = ++length > kMaxBlock && !llvm::isa<llvm::PHINode>(instruction);
    if (!isFull) continue;
    starts.push_back(&instruction);
    length = 1;
  }
  for (llvm::Instruction* start : llvm::reverse(starts)) {
    bool isEnd =
        !llvm::hasNItemsOrMore(llvm::make_range(start->getIterator(), block.end()), kBlockEnd);
    if (!isEnd) block.splitBasicBlock(start);
  }
}

}  // namespace

void splitLongBlocks(llvm::Function& function) {
  if (function.isDeclaration()) return;
  for (llvm::BasicBlock& block : llvm::make_early_inc_range(llvm::drop_begin(function))) {
    splitBlock(block);
  }
}

}  // namespace codegen
