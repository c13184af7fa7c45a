#include "compiler/codegen/passes/objects/keep_bases.h"

#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/SetVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/Transforms/Utils/LoopUtils.h>

#include "compiler/codegen/abi/reference_facts.h"
#include "compiler/codegen/passes/analysis/runtime_calls.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::dyn_cast;
using llvm::Instruction;
using llvm::isa;
using llvm::Loop;
using llvm::PHINode;
using llvm::SelectInst;
using llvm::Value;

bool isMerge(const Value* value) { return isa<PHINode, SelectInst>(value); }

// Returns the values of which a phi or select is one.
llvm::SmallVector<Value*> choicesOf(Value* merge) {
  if (auto* phi = dyn_cast<PHINode>(merge)) return {phi->value_op_begin(), phi->value_op_end()};
  auto* select = llvm::cast<SelectInst>(merge);
  return {select->getTrueValue(), select->getFalseValue()};
}

// Returns whether a value is no object of the heap, or one that is a root for other reasons: of the
// context, what does not change while code runs.
bool isPermanent(const Value* base) {
  if (isa<llvm::Constant, llvm::AllocaInst>(base)) return true;
  if (auto* argument = dyn_cast<llvm::Argument>(base)) return argument->getArgNo() == 0;
  auto* load = dyn_cast<llvm::LoadInst>(base);
  if (load == nullptr || !load->hasMetadata(llvm::LLVMContext::MD_invariant_load)) return false;
  const llvm::DataLayout& layout = load->getDataLayout();
  llvm::APInt offset(layout.getPointerSizeInBits(), 0);
  return isPermanent(
      load->getPointerOperand()->stripAndAccumulateConstantOffsets(layout, offset, true));
}

// The bases of addresses: the references from which they were computed.
class Bases {
 public:
  // A base, and whether the address was computed from it with an index.
  struct Origin {
    Value* base;
    bool isIndexed;
  };

  Origin originOf(Value* address) {
    auto [base, isIndexed] = withoutOffsets(address);
    if (!isMerge(base)) return {base, isIndexed};
    Value* merged = mergedBase(base);
    return {merged, isIndexed || merged != base};
  }

 private:
  // Follows the computation of an address to a phi, a select or another origin.
  static Origin withoutOffsets(Value* address) {
    bool isIndexed = false;
    while (true) {
      if (auto* offset = dyn_cast<llvm::GEPOperator>(address)) {
        isIndexed |= !offset->hasAllConstantIndices();
        address = offset->getPointerOperand();
      } else if (auto* freeze = dyn_cast<llvm::FreezeInst>(address)) {
        address = freeze->getOperand(0);
      } else {
        return {address, isIndexed};
      }
    }
  }

  // Returns the phi or select of the bases, which is `merge` itself if it has no computed address.
  Value* mergedBase(Value* merge) {
    if (Value* known = bases_.lookup(merge)) return known;
    llvm::SmallSetVector<Value*, 8> merges;
    merges.insert(merge);
    bool isComputed = false;
    for (size_t i = 0; i < merges.size(); ++i) {
      for (Value* choice : choicesOf(merges[i])) {
        Value* base = withoutOffsets(choice).base;
        isComputed |= base != choice;
        if (!isMerge(base)) continue;
        Value* known = bases_.lookup(base);
        isComputed |= known != nullptr && known != base;
        if (known == nullptr) merges.insert(base);
      }
    }
    for (Value* each : merges) bases_[each] = isComputed ? emptyCopy(*each) : each;
    if (isComputed) {
      for (Value* each : merges) fillCopy(*each);
    }
    return bases_[merge];
  }

  static Value* emptyCopy(Value& merge) {
    Instruction* copy = llvm::cast<Instruction>(merge).clone();
    copy->dropUnknownNonDebugMetadata();
    copy->insertBefore(llvm::cast<Instruction>(merge).getIterator());
    return copy;
  }

  void fillCopy(Value& merge) {
    auto baseOf = [&](Value* choice) {
      Value* base = withoutOffsets(choice).base;
      return isMerge(base) ? bases_.lookup(base) : base;
    };
    Value* copy = bases_.lookup(&merge);
    if (auto* phi = dyn_cast<PHINode>(copy)) {
      for (unsigned i = 0; i < phi->getNumIncomingValues(); ++i) {
        phi->setIncomingValue(i, baseOf(phi->getIncomingValue(i)));
      }
      return;
    }
    auto* select = llvm::cast<SelectInst>(copy);
    select->setTrueValue(baseOf(select->getTrueValue()));
    select->setFalseValue(baseOf(select->getFalseValue()));
  }

  llvm::DenseMap<Value*, Value*> bases_;
};

// An access to memory, and the last instruction before it in its block that can collect.
struct Access {
  Instruction* instruction;
  const Instruction* lastCollector;
};

class Keeper {
 public:
  Keeper(llvm::Function& function, llvm::FunctionAnalysisManager& analyses)
      : function_(function),
        dominators_(analyses.getResult<llvm::DominatorTreeAnalysis>(function)),
        loops_(analyses.getResult<llvm::LoopAnalysis>(function)) {}

  bool run() {
    llvm::SmallVector<Access> accesses = findAccesses();
    if (collectors_.empty()) return false;
    for (const Access& access : accesses) {
      for (Value* address : access.instruction->operands()) keepBaseOf(address, access);
    }
    return !kept_.empty();
  }

 private:
  // A stored reference is no address of an access, but is no computed one either.
  llvm::SmallVector<Access> findAccesses() {
    llvm::SmallVector<Access> accesses;
    for (BasicBlock& block : function_) {
      const Instruction* lastCollector = nullptr;
      for (Instruction& instruction : block) {
        if (instruction.mayReadOrWriteMemory()) accesses.push_back({&instruction, lastCollector});
        if (!mayCollect(instruction)) continue;
        lastCollector = &instruction;
        collectors_.insert(&block);
      }
    }
    return accesses;
  }

  void keepBaseOf(Value* address, const Access& access) {
    if (!address->getType()->isPtrOrPtrVectorTy()) return;
    auto [base, isIndexed] = bases_.originOf(address);
    if (!isIndexed || isPermanent(base)) return;
    if (Loop* loop = outermostLoopWithoutCollector(*access.instruction, base)) {
      if (BasicBlock* preheader = preheaderOf(*loop)) {
        if (kept_.insert({base, preheader}).second) keep(base, *preheader->getTerminator());
        return;
      }
    }
    if (isNewSince(base, access)) return;
    const Value* stretch = access.lastCollector;
    if (stretch == nullptr) stretch = access.instruction->getParent();
    if (kept_.insert({base, stretch}).second) keep(base, *access.instruction);
  }

  // Returns whether nothing can collect between the base, in the same block, and the access.
  static bool isNewSince(const Value* base, const Access& access) {
    auto* instruction = dyn_cast<Instruction>(base);
    if (instruction == nullptr || isa<PHINode>(instruction) ||
        instruction->getParent() != access.instruction->getParent()) {
      return false;
    }
    return access.lastCollector == nullptr || access.lastCollector == instruction ||
           access.lastCollector->comesBefore(instruction);
  }

  Loop* outermostLoopWithoutCollector(const Instruction& access, const Value* base) {
    Loop* outermost = nullptr;
    for (Loop* loop = loops_.getLoopFor(access.getParent());
         loop != nullptr && loop->isLoopInvariant(base) && !hasCollector(*loop);
         loop = loop->getParentLoop()) {
      outermost = loop;
    }
    return outermost;
  }

  bool hasCollector(const Loop& loop) {
    auto [known, isNew] = hasCollector_.insert({&loop, false});
    if (isNew) {
      known->second = llvm::any_of(
          loop.blocks(), [&](const BasicBlock* block) { return collectors_.contains(block); });
    }
    return known->second;
  }

  // Returns null if the loop is entered by an indirect branch.
  BasicBlock* preheaderOf(Loop& loop) {
    if (BasicBlock* known = loop.getLoopPreheader()) return known;
    return llvm::InsertPreheaderForLoop(&loop, &dominators_, &loops_, nullptr, false);
  }

  void keep(Value* base, Instruction& before) {
    llvm::IRBuilder<> ir(&before);
    auto* type = llvm::FunctionType::get(ir.getVoidTy(), {base->getType()}, false);
    ir.CreateCall(type, llvm::InlineAsm::get(type, "", "X", /*hasSideEffects=*/true), {base});
  }

  llvm::Function& function_;
  llvm::DominatorTree& dominators_;
  llvm::LoopInfo& loops_;
  Bases bases_;
  llvm::SmallPtrSet<const BasicBlock*, 8> collectors_;  // blocks with an instruction that can
  llvm::DenseMap<const Loop*, bool> hasCollector_;
  // The bases that are kept, and where: in a preheader, at the start of a block, or behind an
  // instruction that can collect.
  llvm::DenseSet<std::pair<const Value*, const Value*>> kept_;
};

}  // namespace

llvm::PreservedAnalyses KeepBases::run(llvm::Function& function,
                                       llvm::FunctionAnalysisManager& analyses) {
  if (!hasArrayAccesses(*function.getParent())) return llvm::PreservedAnalyses::all();
  return Keeper(function, analyses).run() ? llvm::PreservedAnalyses::none()
                                          : llvm::PreservedAnalyses::all();
}

}  // namespace codegen
