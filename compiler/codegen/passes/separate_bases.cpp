#include "compiler/codegen/passes/separate_bases.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include "compiler/codegen/abi_lowering.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Loop;
using llvm::SCEV;
using llvm::Value;

namespace {

// An operand that is the address of an access in linear memory.
struct Address {
  llvm::Use* use;
  const SCEV* distance;  // from the start of its group: constant, or growing by a constant
};

// Accesses whose addresses are constants apart in the first iteration.
struct Group {
  const SCEV* start;
  bool isStored = false;
  llvm::SmallVector<Address, 4> addresses;
};

class LoopBases {
 public:
  LoopBases(Loop& loop, llvm::ScalarEvolution& evolution) : loop_(loop), evolution_(evolution) {}

  // Whether every access of the loop fell into a group, and there is something to tell apart.
  bool find() {
    for (llvm::BasicBlock* block : loop_.blocks()) {
      for (llvm::Instruction& instruction : *block) {
        if (!instruction.mayReadOrWriteMemory()) continue;
        if (!add(instruction)) return false;
      }
    }
    return groups_.size() > 1 &&
           llvm::any_of(groups_, [](const Group& group) { return group.isStored; });
  }

  void separate() {
    llvm::SCEVExpander expander(evolution_, "base");
    llvm::Instruction* before = loop_.getLoopPreheader()->getTerminator();
    for (Group& group : groups_) {
      if (!expander.isSafeToExpandAt(group.start, before)) continue;
      Value* start = expander.expandCodeFor(group.start, nullptr, before);
      llvm::IRBuilder<> builder(before);
      Value* base = builder.CreateFreeze(start, "base");
      for (Address& address : group.addresses) rewrite(address, base, expander);
    }
  }

 private:
  bool add(llvm::Instruction& instruction) {
    Value* pointer = llvm::getLoadStorePointerOperand(&instruction);
    if (pointer == nullptr) return false;
    if (!AbiLowering::isInScope(instruction, Scope::Memory)) return true;
    const SCEV* address = evolution_.getSCEV(pointer);
    const SCEV* first = address;
    const SCEV* advance = evolution_.getZero(evolution_.getEffectiveSCEVType(pointer->getType()));
    if (!evolution_.isLoopInvariant(address, &loop_)) {
      auto* recurrence = dyn_cast<llvm::SCEVAddRecExpr>(address);
      if (recurrence == nullptr || recurrence->getLoop() != &loop_ || !recurrence->isAffine()) {
        return false;
      }
      first = recurrence->getStart();
      advance = evolution_.getAddRecExpr(advance, recurrence->getStepRecurrence(evolution_), &loop_,
                                         recurrence->getNoWrapFlags(SCEV::FlagNW));
    }
    Group& group = groupOf(first);
    group.isStored |= llvm::isa<llvm::StoreInst>(instruction);
    llvm::Use& use = instruction.getOperandUse(llvm::isa<llvm::StoreInst>(instruction) ? 1 : 0);
    const SCEV* distance = evolution_.getMinusSCEV(first, group.start);
    group.addresses.push_back({&use, evolution_.getAddExpr(distance, advance)});
    return true;
  }

  Group& groupOf(const SCEV* first) {
    for (Group& group : groups_) {
      if (llvm::isa<llvm::SCEVConstant>(evolution_.getMinusSCEV(first, group.start))) return group;
    }
    return groups_.emplace_back(Group{first, false, {}});
  }

  void rewrite(Address& address, Value* base, llvm::SCEVExpander& expander) {
    auto* user = llvm::cast<llvm::Instruction>(address.use->getUser());
    Value* distance = expander.expandCodeFor(address.distance, nullptr, user);
    llvm::IRBuilder<> builder(user);
    Value* old = address.use->get();
    address.use->set(builder.CreateGEP(builder.getInt8Ty(), base, distance, "",
                                       llvm::GEPNoWrapFlags::inBounds()));
    llvm::RecursivelyDeleteTriviallyDeadInstructions(old);
  }

  Loop& loop_;
  llvm::ScalarEvolution& evolution_;
  llvm::SmallVector<Group, 8> groups_;
};

}  // namespace

llvm::PreservedAnalyses SeparateBases::run(llvm::Function& function,
                                           llvm::FunctionAnalysisManager& analyses) {
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  bool hasChanged = false;
  for (Loop* loop : loops.getLoopsInPreorder()) {
    if (!loop->isInnermost() || !loop->isLoopSimplifyForm()) continue;
    LoopBases bases(*loop, evolution);
    if (!bases.find()) continue;
    bases.separate();
    hasChanged = true;
  }
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
