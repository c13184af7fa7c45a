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

// LLVM's address space of the GS segment on x86.
constexpr unsigned kGs = 256;

// The number of live values from which a block is rewritten. It is larger than the 15 registers
// that are available, since values that are rarely used are cheap to spill.
constexpr unsigned kMinPressure = 18;

// The offset of memory 0's base in the context, which begins with the memories.
constexpr uint64_t kBaseOffset = abi::layoutContext(abi::ContextCounts{.memories = 1}).memories +
                                 offsetof(abi::ImportedMemory, base);

// Returns true if `value` is loaded from memory 0's base in the context, the first parameter.
bool isMemoryZeroBase(const Value* value) {
  auto* load = dyn_cast<llvm::LoadInst>(value);
  if (load == nullptr || !load->hasMetadata(llvm::LLVMContext::MD_invariant_load)) return false;
  llvm::APInt offset(64, 0);
  const Value* context = load->getPointerOperand()->stripAndAccumulateConstantOffsets(
      load->getDataLayout(), offset, /*AllowNonInbounds=*/false);
  return context == load->getFunction()->getArg(0) && offset == kBaseOffset;
}

// Returns the blocks of high register pressure. The blocks of a loop, without those of its
// subloops, are treated alike by their maximum, since values that the loop uses are live in all of
// them.
std::vector<llvm::BasicBlock*> highPressureBlocks(llvm::Function& function,
                                                  const llvm::LoopInfo& loops) {
  RegisterPressure pressure(function);
  llvm::DenseMap<const llvm::Loop*, unsigned> pressureOf;
  for (llvm::BasicBlock& block : function) {
    unsigned& maxPressure = pressureOf[loops.getLoopFor(&block)];
    maxPressure = std::max(maxPressure, pressure.in(block));
  }
  std::vector<llvm::BasicBlock*> blocks;
  for (llvm::BasicBlock& block : function) {
    if (pressureOf[loops.getLoopFor(&block)] >= kMinPressure) blocks.push_back(&block);
  }
  return blocks;
}

class Rewriter {
 public:
  // Makes the access GS-relative and returns true if its address is an offset from memory 0's base.
  bool rewrite(llvm::Instruction& access) {
    Value* pointer = llvm::getLoadStorePointerOperand(&access);
    if (pointer == nullptr || !isBasedOnMemoryZero(pointer)) return false;
    llvm::IRBuilder<> builder(&access);
    auto* segment = llvm::PointerType::get(access.getContext(), kGs);
    Value* address = builder.CreateIntToPtr(offsetOf(pointer), segment);
    access.setOperand(llvm::isa<llvm::StoreInst>(access) ? 1 : 0, address);
    return true;
  }

  // Deletes address computations that have no users any more.
  void deleteUnused() {
    for (llvm::WeakTrackingVH& gep : geps_) {
      if (gep) llvm::RecursivelyDeleteTriviallyDeadInstructions(gep);
    }
  }

 private:
  static bool isBasedOnMemoryZero(Value* pointer) {
    while (auto* gep = dyn_cast<llvm::GetElementPtrInst>(pointer)) {
      if (gep->getType()->isVectorTy()) return false;
      pointer = gep->getPointerOperand();
    }
    return isMemoryZeroBase(pointer);
  }

  // Returns the offset of `pointer` from the base, which is computed once, at the pointer's `gep`.
  Value* offsetOf(Value* pointer) {
    auto* gep = dyn_cast<llvm::GetElementPtrInst>(pointer);
    if (gep == nullptr) return llvm::ConstantInt::get(wordType(pointer), 0);
    if (Value* known = offsets_.lookup(gep)) return known;
    Value* before = offsetOf(gep->getPointerOperand());
    llvm::IRBuilder<> builder(gep);
    Value* added = llvm::emitGEPOffset(&builder, gep->getDataLayout(), gep);
    geps_.push_back(gep);
    return offsets_[gep] = builder.CreateAdd(before, added);
  }

  static llvm::Type* wordType(Value* pointer) {
    return llvm::Type::getInt64Ty(pointer->getContext());
  }

  llvm::DenseMap<llvm::GetElementPtrInst*, Value*> offsets_;
  llvm::SmallVector<llvm::WeakTrackingVH, 32> geps_;
};

}  // namespace

llvm::PreservedAnalyses GsRelativeAddressing::run(llvm::Function& function,
                                                  llvm::FunctionAnalysisManager& analyses) {
  if (!function.hasFnAttribute(kSegmentBaseAttribute)) return llvm::PreservedAnalyses::all();
  const auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  Rewriter rewriter;
  bool hasChanged = false;
  for (llvm::BasicBlock* block : highPressureBlocks(function, loops)) {
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
