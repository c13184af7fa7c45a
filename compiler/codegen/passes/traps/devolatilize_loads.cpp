#include "compiler/codegen/passes/traps/devolatilize_loads.h"

#include <llvm/ADT/MapVector.h>
#include <llvm/ADT/PostOrderIterator.h>
#include <llvm/IR/DataLayout.h>
#include <llvm/IR/Dominators.h>

#include "compiler/codegen/passes/analysis/access_mark.h"
#include "compiler/codegen/passes/analysis/linear_address.h"
#include "compiler/codegen/passes/analysis/trapping_load.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Instruction;
using llvm::LoadInst;
using llvm::Value;

namespace {

// The number of covering loads that are remembered for each element, to bound compile time.
constexpr size_t kMaxCovering = 8;

// The element of a memory that a load is based on, and the end of the loaded bytes.
struct Extent {
  const Value* element;
  uint64_t end;  // in bytes from `element`
};

// Visits the blocks of a function in reverse post-order. Trapping loads that have no side effect
// between them form a run; `decide` handles one run.
class Devolatilizer {
 public:
  explicit Devolatilizer(const llvm::DominatorTree& dominators) : dominators_(dominators) {}

  // Returns true if a load of `block` became non-volatile.
  bool runOn(llvm::BasicBlock& block) {
    for (Instruction& instruction : block) {
      if (LoadInst* load = asTrappingLoad(instruction)) {
        if (std::optional<Extent> extent = extentOf(*load)) add(*load, *extent);
      } else if (instruction.mayHaveSideEffects() && !asAccessMark(instruction)) {
        decide();
      }
    }
    decide();
    return std::exchange(hasChanged_, false);
  }

 private:
  struct Load {
    LoadInst* load;
    uint64_t end;
  };

  void add(LoadInst& load, const Extent& extent) {
    pending_[extent.element].push_back({&load, extent.end});
  }

  // Returns nothing if the address is not an element plus a non-negative constant.
  static std::optional<Extent> extentOf(const LoadInst& load) {
    if (!load.getType()->isIntegerTy()) return std::nullopt;
    const llvm::DataLayout& layout = load.getDataLayout();
    llvm::APInt offset(64, 0);
    const Value* element = load.getPointerOperand()->stripAndAccumulateConstantOffsets(
        layout, offset, /*AllowNonInbounds=*/false);
    auto* pointer = dyn_cast<llvm::GetElementPtrInst>(element);
    if (pointer == nullptr || offset.isNegative() || !isElement(*pointer)) return std::nullopt;
    return Extent{element, offset.getZExtValue() + layout.getTypeStoreSize(load.getType())};
  }

  // A zero-extended index is not negative, so the element does not lie before the memory.
  static bool isElement(const llvm::GetElementPtrInst& pointer) {
    return isMemoryBase(pointer.getPointerOperand()) && pointer.getNumIndices() == 1 &&
           pointer.getSourceElementType()->isIntegerTy(8) &&
           llvm::isa<llvm::ZExtInst>(pointer.getOperand(1));
  }

  // Keeps the load of the run that reaches furthest from each element, unless a load of a
  // dominating block already reaches as far, and makes all others non-volatile.
  void decide() {
    for (auto& [element, loads] : pending_) {
      llvm::SmallVectorImpl<Load>& covering = covering_[element];
      uint64_t knownEnd = 0;
      for (const Load& access : covering) {
        bool isBefore = dominators_.dominates(access.load->getParent(), loads[0].load->getParent());
        if (isBefore) knownEnd = std::max(knownEnd, access.end);
      }
      const Load& last =
          *llvm::max_element(loads, [](const Load& a, const Load& b) { return a.end < b.end; });
      bool reachesFurther = last.end > knownEnd;
      for (const Load& load : loads) {
        if (reachesFurther && load.load == last.load) continue;
        load.load->setVolatile(false);
        hasChanged_ = true;
      }
      if (reachesFurther && covering.size() < kMaxCovering) covering.push_back(last);
    }
    pending_.clear();
  }

  const llvm::DominatorTree& dominators_;
  llvm::MapVector<const Value*, llvm::SmallVector<Load, 4>> pending_;  // the current run
  llvm::DenseMap<const Value*, llvm::SmallVector<Load, 2>> covering_;  // that stay volatile
  bool hasChanged_ = false;
};

}  // namespace

llvm::PreservedAnalyses DevolatilizeLoads::run(llvm::Function& function,
                                               llvm::FunctionAnalysisManager& analyses) {
  Devolatilizer devolatilizer(analyses.getResult<llvm::DominatorTreeAnalysis>(function));
  bool hasChanged = false;
  for (llvm::BasicBlock* block : llvm::ReversePostOrderTraversal<llvm::Function*>(&function)) {
    hasChanged |= devolatilizer.runOn(*block);
  }
  return preservedBesideAccesses(hasChanged);
}

}  // namespace codegen
