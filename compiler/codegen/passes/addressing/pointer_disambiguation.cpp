#include "compiler/codegen/passes/addressing/pointer_disambiguation.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/passes/analysis/scev_size.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Loop;
using llvm::SCEV;
using llvm::Value;

namespace {

// With more groups, LLVM would refuse the loop, since it needs too many run-time checks.
constexpr size_t kMaxGroups = 24;

// An operand that is the address of an access in linear memory.
struct Address {
  llvm::Use* use;
  const SCEV* first;    // in the first iteration
  const SCEV* advance;  // the distance from `first`: zero, or an affine recurrence from zero
};

// Accesses whose addresses in the first iteration differ by constants.
struct Group {
  bool isStored = false;
  llvm::SmallVector<Address, 4> addresses;

  const SCEV* first() const { return addresses.front().first; }
};

// The groups of one innermost loop.
class LoopGroups {
 public:
  LoopGroups(Loop& loop, llvm::ScalarEvolution& evolution) : loop_(loop), evolution_(evolution) {}

  // Returns true if every access of the loop is in a group, and there are a store and a second
  // group that it might overlap.
  bool find() {
    for (llvm::BasicBlock* block : loop_.blocks()) {
      for (llvm::Instruction& instruction : *block) {
        if (instruction.mayReadOrWriteMemory() && !add(instruction)) return false;
      }
    }
    return groups_.size() > 1 && isCounted() &&
           llvm::any_of(groups_, [](const Group& group) { return group.isStored; });
  }

  // Rewrites the addresses of all groups.
  void freezeBases() {
    for (Group& group : groups_) freezeBase(group);
  }

 private:
  // Returns true if the trip count is computable, maybe under conditions that can be tested at run
  // time. LLVM analyzes the dependences of no other loop with stores.
  bool isCounted() const {
    llvm::SmallVector<const llvm::SCEVPredicate*, 4> conditions;
    const SCEV* count = evolution_.getPredicatedBackedgeTakenCount(&loop_, conditions);
    return !llvm::isa<llvm::SCEVCouldNotCompute>(count);
  }

  bool add(llvm::Instruction& instruction) {
    Value* pointer = llvm::getLoadStorePointerOperand(&instruction);
    if (pointer == nullptr) return false;
    if (!AbiLowering::isInScope(instruction, Scope::Memory)) return true;
    bool isStore = llvm::isa<llvm::StoreInst>(instruction);
    Address address{&instruction.getOperandUse(isStore ? 1 : 0), evolution_.getSCEV(pointer),
                    evolution_.getZero(evolution_.getEffectiveSCEVType(pointer->getType()))};
    if (!isSmall(*address.first)) return false;
    if (!evolution_.isLoopInvariant(address.first, &loop_) && !splitAdvance(address)) return false;
    Group& group = groupOf(address.first);
    if (groups_.size() > kMaxGroups) return false;
    group.isStored |= isStore;
    group.addresses.push_back(address);
    return true;
  }

  // Splits the address of a recurrence into `first` and `advance`. Returns false if it is not
  // affine.
  bool splitAdvance(Address& address) {
    auto* recurrence = dyn_cast<llvm::SCEVAddRecExpr>(address.first);
    if (recurrence == nullptr || recurrence->getLoop() != &loop_ || !recurrence->isAffine()) {
      return false;
    }
    address.first = recurrence->getStart();
    address.advance =
        evolution_.getAddRecExpr(address.advance, recurrence->getStepRecurrence(evolution_), &loop_,
                                 recurrence->getNoWrapFlags(SCEV::FlagNW));
    return true;
  }

  // Returns the group of an address, which is new if no group has a constant distance.
  Group& groupOf(const SCEV* first) {
    for (Group& group : groups_) {
      const SCEV* distance = evolution_.getMinusSCEV(first, group.first());
      if (llvm::isa<llvm::SCEVConstant>(distance)) return group;
    }
    return groups_.emplace_back();
  }

  void freezeBase(Group& group) {
    const SCEV* root = group.first();
    const Loop* around = hoistRoot(root);
    llvm::SCEVExpander expander(evolution_, "base");
    llvm::Instruction* before = around->getLoopPreheader()->getTerminator();
    if (!expander.isSafeToExpandAt(root, before)) return;
    llvm::IRBuilder<> builder(before);
    Value* start = expander.expandCodeFor(root, nullptr, before);
    Value* base = builder.CreateFreeze(start, "base");
    const SCEV* first = evolution_.getMinusSCEV(group.first(), root);
    llvm::Instruction* entry = loop_.getLoopPreheader()->getTerminator();
    base = offset(base, first, entry, expander);
    for (Address& address : group.addresses) {
      auto* user = llvm::cast<llvm::Instruction>(address.use->getUser());
      const SCEV* apart = evolution_.getMinusSCEV(address.first, group.first());
      Value* current = offset(base, address.advance, user, expander);
      Value* old = address.use->get();
      address.use->set(offset(current, apart, user, expander));
      llvm::RecursivelyDeleteTriviallyDeadInstructions(old);
    }
  }

  // Reduces `root` to the part that is invariant in outer loops, and returns the outermost loop in
  // which it is invariant. LLVM hoists its run-time checks there if the frozen base is available.
  const Loop* hoistRoot(const SCEV*& root) {
    const Loop* around = &loop_;
    while (const Loop* parent = around->getParentLoop()) {
      const SCEV* start = root;
      if (auto* recurrence = dyn_cast<llvm::SCEVAddRecExpr>(root)) {
        if (recurrence->getLoop() == parent && recurrence->isAffine()) {
          start = recurrence->getStart();
        }
      }
      if (!parent->isLoopSimplifyForm() || !evolution_.isLoopInvariant(start, parent)) break;
      root = start;
      around = parent;
    }
    return around;
  }

  static Value* offset(Value* base, const SCEV* distance, llvm::Instruction* before,
                       llvm::SCEVExpander& expander) {
    if (distance->isZero()) return base;
    Value* bytes = expander.expandCodeFor(distance, nullptr, before);
    llvm::IRBuilder<> builder(before);
    return builder.CreateGEP(builder.getInt8Ty(), base, bytes, "",
                             llvm::GEPNoWrapFlags::inBounds());
  }

  Loop& loop_;
  llvm::ScalarEvolution& evolution_;
  llvm::SmallVector<Group, 8> groups_;
};

}  // namespace

llvm::PreservedAnalyses PointerDisambiguation::run(llvm::Function& function,
                                                   llvm::FunctionAnalysisManager& analyses) {
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  bool hasChanged = false;
  for (Loop* loop : loops.getLoopsInPreorder()) {
    if (!loop->isInnermost() || !loop->isLoopSimplifyForm()) continue;
    LoopGroups groups(*loop, evolution);
    if (!groups.find()) continue;
    groups.freezeBases();
    hasChanged = true;
  }
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
