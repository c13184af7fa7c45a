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

// What is remembered of one element's loads that vouch for others.
constexpr size_t kMaxWitnesses = 8;

// The bytes of a load, from an element of a memory to their end.
struct Extent {
  const Value* element;
  uint64_t end;
};

class Releaser {
 public:
  explicit Releaser(const llvm::DominatorTree& dominators) : dominators_(dominators) {}

  bool runOn(llvm::BasicBlock& block) {
    for (Instruction& instruction : block) {
      if (LoadInst* load = asTrappingLoad(instruction)) {
        if (std::optional<Extent> extent = extentOf(*load)) add(*load, *extent);
      } else if (instruction.mayHaveSideEffects() && !asAccessMark(instruction)) {
        decide();
      }
    }
    decide();
    return std::exchange(hasReleased_, false);
  }

 private:
  struct Load {
    LoadInst* load;
    uint64_t end;
  };

  // Nothing of what is between these can be seen.
  void add(LoadInst& load, const Extent& extent) {
    pending_[extent.element].push_back({&load, extent.end});
  }

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

  static bool isElement(const llvm::GetElementPtrInst& pointer) {
    return isMemoryBase(pointer.getPointerOperand()) && pointer.getNumIndices() == 1 &&
           pointer.getSourceElementType()->isIntegerTy(8) &&
           llvm::isa<llvm::ZExtInst>(pointer.getOperand(1));
  }

  void decide() {
    for (auto& [element, loads] : pending_) {
      llvm::SmallVectorImpl<Load>& witnesses = witnesses_[element];
      uint64_t known = 0;
      for (const Load& witness : witnesses) {
        bool isBefore =
            dominators_.dominates(witness.load->getParent(), loads[0].load->getParent());
        if (isBefore) known = std::max(known, witness.end);
      }
      const Load& last =
          *llvm::max_element(loads, [](const Load& a, const Load& b) { return a.end < b.end; });
      bool isNews = last.end > known;
      for (const Load& load : loads) {
        if (isNews && load.load == last.load) continue;
        load.load->setVolatile(false);
        hasReleased_ = true;
      }
      if (isNews && witnesses.size() < kMaxWitnesses) witnesses.push_back(last);
    }
    pending_.clear();
  }

  const llvm::DominatorTree& dominators_;
  llvm::MapVector<const Value*, llvm::SmallVector<Load, 4>> pending_;
  llvm::DenseMap<const Value*, llvm::SmallVector<Load, 2>> witnesses_;
  bool hasReleased_ = false;
};

}  // namespace

llvm::PreservedAnalyses DevolatilizeLoads::run(llvm::Function& function,
                                               llvm::FunctionAnalysisManager& analyses) {
  Releaser releaser(analyses.getResult<llvm::DominatorTreeAnalysis>(function));
  bool hasChanged = false;
  for (llvm::BasicBlock* block : llvm::ReversePostOrderTraversal<llvm::Function*>(&function)) {
    hasChanged |= releaser.runOn(*block);
  }
  return preservedBesideAccesses(hasChanged);
}

}  // namespace codegen
