#include "compiler/codegen/passes/addressing/gs_relative_addressing.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/Utils/Local.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/Transforms/Utils/Local.h>

#include "compiler/codegen/passes/analysis/register_pressure.h"
#include "runtime/abi/vmctx.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Value;

namespace {

// LLVM's number for the address space of GS.
constexpr unsigned kGs = 256;

// With so many values alive in a loop, 15 registers are short even where some are rarely used.
constexpr unsigned kCrowd = 18;

// Memories come first in a context.
constexpr uint64_t kBaseOffset = abi::layoutContext(abi::ContextCounts{.memories = 1}).memories +
                                 offsetof(abi::ImportedMemory, base);

// The base of memory 0 is a word of the context, which is a function's first parameter.
bool isBase(const Value* value) {
  auto* load = dyn_cast<llvm::LoadInst>(value);
  if (load == nullptr || !load->hasMetadata(llvm::LLVMContext::MD_invariant_load)) return false;
  llvm::APInt offset(64, 0);
  const Value* context = load->getPointerOperand()->stripAndAccumulateConstantOffsets(
      load->getDataLayout(), offset, /*AllowNonInbounds=*/false);
  return context == load->getFunction()->getArg(0) && offset == kBaseOffset;
}

// The blocks where registers are scarce. All of a loop's blocks, without those of loops in it, are
// or are not: what it uses stays where it is while it runs.
std::vector<llvm::BasicBlock*> crowdedBlocks(llvm::Function& function,
                                             const llvm::LoopInfo& loops) {
  RegisterPressure pressure(function);
  llvm::DenseMap<const llvm::Loop*, unsigned> most;
  for (llvm::BasicBlock& block : function) {
    unsigned& around = most[loops.getLoopFor(&block)];
    around = std::max(around, pressure.in(block));
  }
  std::vector<llvm::BasicBlock*> crowded;
  for (llvm::BasicBlock& block : function) {
    if (most[loops.getLoopFor(&block)] >= kCrowd) crowded.push_back(&block);
  }
  return crowded;
}

class Rewriter {
 public:
  // Makes the access one by GS if its address is a distance from the base.
  bool rewrite(llvm::Instruction& access) {
    Value* pointer = llvm::getLoadStorePointerOperand(&access);
    if (pointer == nullptr || !isFromBase(pointer)) return false;
    llvm::IRBuilder<> builder(&access);
    auto* segment = llvm::PointerType::get(access.getContext(), kGs);
    Value* address = builder.CreateIntToPtr(distance(pointer), segment);
    access.setOperand(llvm::isa<llvm::StoreInst>(access) ? 1 : 0, address);
    return true;
  }

  void deleteUnused() {
    for (llvm::WeakTrackingVH& step : steps_) {
      if (step) llvm::RecursivelyDeleteTriviallyDeadInstructions(step);
    }
  }

 private:
  static bool isFromBase(Value* pointer) {
    while (auto* step = dyn_cast<llvm::GetElementPtrInst>(pointer)) {
      if (step->getType()->isVectorTy()) return false;
      pointer = step->getPointerOperand();
    }
    return isBase(pointer);
  }

  // How far `pointer` is from the base. Worked out where the pointer is, once.
  Value* distance(Value* pointer) {
    auto* step = dyn_cast<llvm::GetElementPtrInst>(pointer);
    if (step == nullptr) return llvm::ConstantInt::get(word(pointer), 0);
    if (Value* known = distances_.lookup(step)) return known;
    Value* before = distance(step->getPointerOperand());
    llvm::IRBuilder<> builder(step);
    Value* added = llvm::emitGEPOffset(&builder, step->getDataLayout(), step);
    steps_.push_back(step);
    return distances_[step] = builder.CreateAdd(before, added);
  }

  static llvm::Type* word(Value* pointer) { return llvm::Type::getInt64Ty(pointer->getContext()); }

  llvm::DenseMap<llvm::GetElementPtrInst*, Value*> distances_;
  llvm::SmallVector<llvm::WeakTrackingVH, 32> steps_;
};

}  // namespace

llvm::PreservedAnalyses GsRelativeAddressing::run(llvm::Function& function,
                                                  llvm::FunctionAnalysisManager& analyses) {
  if (!function.hasFnAttribute(kSegmentBaseAttribute)) return llvm::PreservedAnalyses::all();
  const auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  Rewriter rewriter;
  bool hasChanged = false;
  for (llvm::BasicBlock* block : crowdedBlocks(function, loops)) {
    for (llvm::Instruction& instruction : llvm::make_early_inc_range(*block)) {
      hasChanged |= rewriter.rewrite(instruction);
    }
  }
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  rewriter.deleteUnused();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
