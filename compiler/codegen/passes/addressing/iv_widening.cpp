#include "compiler/codegen/passes/addressing/iv_widening.h"

#include <llvm/ADT/MapVector.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include <tuple>
#include <vector>

#include "compiler/codegen/passes/addressing/linear_test_replacement.h"
#include "compiler/codegen/passes/analysis/linear_address.h"
#include "compiler/codegen/passes/analysis/scev_size.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::GEPNoWrapFlags;
using llvm::SCEV;
using llvm::Value;

namespace {

// An indexed pointer whose index is the affine recurrence {start + distance, +, step} of a loop.
struct Recurrence {
  IndexedPointer indexed;
  const llvm::Loop* loop;
  const SCEV* start;  // without its constant part
  int64_t distance;   // the constant part of the start
  int64_t step;
  bool
      isStart;  // the start of an inner loop's recurrence; the accesses are those of the inner loop

  Value* base() const { return indexed.pointer->getPointerOperand(); }
};

using Recurrences = llvm::SmallVector<Recurrence, 0>;

// Recurrences that are widened together, in descending order of `distance`.
using Group = Recurrences;

// A vectorized loop may make the accesses of up to this many iterations in any order. Those beyond
// the access that traps must stay in the memory's reservation: in the guard before it, or in the
// 8 GiB from its base.
constexpr int64_t kMaxLanes = 256;
constexpr uint64_t kMaxOffset = uint64_t{1} << 31;

// Bounds compile time, which is quadratic in the number of recurrences that differ by constants.
constexpr size_t kMaxGroupSize = 512;

// A sum, split into its constant and the rest.
struct Split {
  const SCEV* rest;
  int64_t constant;
};

Split splitConstant(llvm::ScalarEvolution& evolution, const SCEV* sum) {
  if (auto* constant = dyn_cast<llvm::SCEVConstant>(sum)) {
    return {evolution.getZero(sum->getType()), constant->getAPInt().getSExtValue()};
  }
  if (auto* add = dyn_cast<llvm::SCEVAddExpr>(sum)) {
    if (auto* constant = dyn_cast<llvm::SCEVConstant>(add->getOperand(0))) {
      return {evolution.getMinusSCEV(sum, constant), constant->getAPInt().getSExtValue()};
    }
    // ScalarEvolution has folded the constant of the sum into the start of a recurrence operand.
    for (const SCEV* operand : add->operands()) {
      if (!llvm::isa<llvm::SCEVAddRecExpr>(operand)) continue;
      int64_t constant = splitConstant(evolution, operand).constant;
      auto* subtrahend =
          evolution.getConstant(sum->getType(), static_cast<uint64_t>(constant), true);
      return {evolution.getMinusSCEV(sum, subtrahend), constant};
    }
  }
  if (auto* outer = dyn_cast<llvm::SCEVAddRecExpr>(sum); outer != nullptr && outer->isAffine()) {
    Split start = splitConstant(evolution, outer->getStart());
    return {evolution.getAddRecExpr(start.rest, outer->getStepRecurrence(evolution),
                                    outer->getLoop(), SCEV::FlagAnyWrap),
            start.constant};
  }
  return {sum, 0};
}

// Finds the recurrences of a function and decides which of them may be widened together.
class Finder {
 public:
  Finder(const llvm::LoopInfo& loops, const llvm::DominatorTree& dominators,
         llvm::ScalarEvolution& evolution)
      : loops_(loops), dominators_(dominators), evolution_(evolution) {}

  Recurrences findAll(llvm::Function& function) {
    Recurrences found;
    for (llvm::Instruction& instruction : llvm::instructions(function)) {
      auto* pointer = dyn_cast<llvm::GetElementPtrInst>(&instruction);
      if (pointer == nullptr || loops_.getLoopFor(pointer->getParent()) == nullptr) continue;
      std::optional<IndexedPointer> indexed = matchIndexedPointer(*pointer);
      if (indexed) addIfRecurrence(std::move(*indexed), /*isStart=*/false, found);
    }
    return found;
  }

  // Appends `indexed` to `found` if its index is a recurrence that this pass handles.
  void addIfRecurrence(IndexedPointer indexed, bool isStart, Recurrences& found) {
    auto* index = dyn_cast<llvm::SCEVAddRecExpr>(evolution_.getSCEV(indexed.index));
    if (index == nullptr || !index->isAffine() || !isSmall(*index)) return;
    const llvm::Loop* loop = index->getLoop();
    auto* step = dyn_cast<llvm::SCEVConstant>(index->getStepRecurrence(evolution_));
    if (step == nullptr || !loop->contains(indexed.pointer) || !loop->isLoopSimplifyForm() ||
        !loop->isLoopInvariant(indexed.pointer->getPointerOperand()) || hasLongOffset(indexed)) {
      return;
    }
    Split start = splitConstant(evolution_, index->getStart());
    found.push_back({std::move(indexed), loop, start.rest, start.constant,
                     step->getAPInt().getSExtValue(), isStart});
  }

  // Returns the first group of `parallel` that may be widened and removes it from there, together
  // with greater recurrences that may not be widened. `parallel` is in descending order of
  // distance. Returns an empty group if no group is left.
  Group takeGroup(Recurrences& parallel) const {
    while (!parallel.empty()) {
      const Recurrence greatest = parallel.front();
      auto isCompatible = [&](const Recurrence& other) {
        return canBeWidenedWith(other, greatest);
      };
      Group group;
      llvm::copy_if(parallel, std::back_inserter(group), isCompatible);
      if (isCompatible(greatest) && isBounded(group)) {
        llvm::erase_if(parallel, isCompatible);
        return group;
      }
      llvm::erase_if(parallel,
                     [&](const Recurrence& other) { return other.distance == greatest.distance; });
    }
    return {};
  }

 private:
  static bool hasLongOffset(const IndexedPointer& indexed) {
    return llvm::any_of(indexed.accesses,
                        [](const LinearAccess& access) { return access.offset > kMaxOffset; });
  }

  // Returns true if accesses of `other`, with its index computed as a negative distance from the
  // greatest index, reach the same address as before or trap as before.
  static bool canBeWidenedWith(const Recurrence& other, const Recurrence& greatest) {
    int64_t below = greatest.distance - other.distance;
    if (other.step > 0 && below == 0) return true;
    int64_t descent = other.step < 0 ? -other.step * kMaxLanes : 0;
    return other.indexed.hasNoOffsets() && below + descent <= kHeadroom;
  }

  // Returns true if the access is executed in each iteration of the recurrence's loop and of all
  // loops between that loop and the access.
  bool isUnconditional(const Recurrence& recurrence, const LinearAccess& access) const {
    const llvm::BasicBlock* block = access.instruction->getParent();
    const llvm::Loop* loop = loops_.getLoopFor(block);
    for (; loop != nullptr && recurrence.loop->contains(loop); loop = loop->getParentLoop()) {
      const llvm::BasicBlock* latch = loop->getLoopLatch();
      if (latch == nullptr || !dominators_.dominates(block, latch)) return false;
    }
    return recurrence.loop->contains(block);
  }

  // Returns true if the access, whose index is `below` the greatest one, traps before the
  // recurrence wraps, or in the guard if it descends.
  bool bounds(const Recurrence& recurrence, const LinearAccess& access, int64_t below) const {
    if (!isUnconditional(recurrence, access)) return false;
    return recurrence.step < 0 || recurrence.step + below + access.below <= kHeadroom;
  }

  // Returns true if at least one access of the group bounds the greatest recurrence.
  bool isBounded(const Group& group) const {
    const Recurrence& greatest = group.front();
    return llvm::any_of(group, [&](const Recurrence& recurrence) {
      return llvm::any_of(recurrence.indexed.accesses, [&](const LinearAccess& access) {
        return bounds(recurrence, access, greatest.distance - recurrence.distance);
      });
    });
  }

  const llvm::LoopInfo& loops_;
  const llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
};

// Rewrites groups, with one 64-bit induction variable for each loop and step.
class Widener {
 public:
  Widener(llvm::ScalarEvolution& evolution, LinearTestReplacement& tests)
      : evolution_(evolution), tests_(tests) {}

  // Returns the pointer of the first iteration, which may be a recurrence of an outer loop, with
  // the group's accesses. Returns nothing, and changes nothing, if the start cannot be computed in
  // the preheader.
  std::optional<IndexedPointer> widen(const Group& group) {
    const Recurrence& greatest = group.front();
    std::optional<IndexedPointer> first = createFirst(greatest);
    if (!first) return std::nullopt;
    Value* current = advance(greatest, first->pointer);
    tests_.add(*greatest.loop, *bytesPassedPhi(*greatest.loop, greatest.step), greatest.step);
    for (const Recurrence& recurrence : group) {
      int64_t below = greatest.distance - recurrence.distance;
      for (LinearAccess access : recurrence.indexed.accesses) {
        access.below += below;
        first->accesses.push_back(access);
      }
      replace(recurrence, current, -below);
    }
    return first;
  }

 private:
  std::optional<IndexedPointer> createFirst(const Recurrence& recurrence) {
    llvm::Instruction* before = recurrence.loop->getLoopPreheader()->getTerminator();
    const SCEV* distance = evolution_.getConstant(recurrence.start->getType(),
                                                  static_cast<uint64_t>(recurrence.distance), true);
    const SCEV* start = evolution_.getAddExpr(recurrence.start, distance);
    llvm::SCEVExpander expander(evolution_, "index");
    if (!expander.isSafeToExpandAt(start, before)) return std::nullopt;
    Value* index = expander.expandCodeFor(start, nullptr, before);
    llvm::IRBuilder<> builder(before);
    Value* wide = builder.CreateZExt(index, builder.getInt64Ty());
    auto* first = llvm::GetElementPtrInst::Create(builder.getInt8Ty(), recurrence.base(), wide,
                                                  "first", before->getIterator());
    first->setNoWrapFlags(GEPNoWrapFlags::inBounds() | GEPNoWrapFlags::noUnsignedWrap());
    return IndexedPointer{first, index, {}, /*escapes=*/true};
  }

  // Returns the group's greatest pointer in the current iteration.
  Value* advance(const Recurrence& recurrence, Value* first) {
    llvm::PHINode* bytes = bytesPassedPhi(*recurrence.loop, recurrence.step);
    llvm::IRBuilder<> builder(&*recurrence.loop->getHeader()->getFirstInsertionPt());
    auto flags = GEPNoWrapFlags::inBounds();
    if (recurrence.step > 0) flags |= GEPNoWrapFlags::noUnsignedWrap();
    return builder.CreateGEP(builder.getInt8Ty(), first, bytes, "current", flags);
  }

  // Returns the induction variable that starts at 0 and advances by `step` bytes.
  llvm::PHINode* bytesPassedPhi(const llvm::Loop& loop, int64_t step) {
    llvm::PHINode*& bytes = inductions_[{&loop, step}];
    if (bytes != nullptr) return bytes;
    llvm::IRBuilder<> builder(&loop.getHeader()->front());
    bytes = builder.CreatePHI(builder.getInt64Ty(), 2, "passed");
    builder.SetInsertPoint(loop.getLoopLatch()->getTerminator());
    Value* next = builder.CreateAdd(bytes, builder.getInt64(step), "", step > 0, true);
    bytes->addIncoming(builder.getInt64(0), loop.getLoopPreheader());
    bytes->addIncoming(next, loop.getLoopLatch());
    return bytes;
  }

  void replace(const Recurrence& recurrence, Value* current, int64_t distance) {
    llvm::GetElementPtrInst* pointer = recurrence.indexed.pointer;
    llvm::IRBuilder<> builder(pointer);
    if (distance != 0) {
      current = builder.CreateGEP(builder.getInt8Ty(), current, builder.getInt64(distance), "",
                                  GEPNoWrapFlags::inBounds());
    }
    evolution_.forgetValue(pointer);
    pointer->replaceAllUsesWith(current);
    llvm::RecursivelyDeleteTriviallyDeadInstructions(pointer);
  }

  llvm::ScalarEvolution& evolution_;
  LinearTestReplacement& tests_;
  llvm::MapVector<std::pair<const llvm::Loop*, int64_t>, llvm::PHINode*> inductions_;
};

// Returns sets of recurrences that differ by constants only, each in descending order of distance.
std::vector<Recurrences> partition(Recurrences recurrences) {
  llvm::MapVector<std::tuple<const llvm::Loop*, const SCEV*, int64_t, Value*>, Recurrences> sets;
  for (Recurrence& recurrence : recurrences) {
    sets[{recurrence.loop, recurrence.start, recurrence.step, recurrence.base()}].push_back(
        std::move(recurrence));
  }
  std::vector<Recurrences> parallel;
  for (auto& [key, set] : sets) {
    if (set.size() > kMaxGroupSize) continue;
    llvm::stable_sort(
        set, [](const Recurrence& a, const Recurrence& b) { return a.distance > b.distance; });
    parallel.push_back(std::move(set));
  }
  return parallel;
}

}  // namespace

llvm::PreservedAnalyses IvWidening::run(llvm::Function& function,
                                        llvm::FunctionAnalysisManager& analyses) {
  if (!function.hasFnAttribute(kHeadroomAttribute)) return llvm::PreservedAnalyses::all();
  auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  Finder finder(analyses.getResult<llvm::LoopAnalysis>(function), dominators, evolution);
  Recurrences recurrences = finder.findAll(function);
  if (recurrences.empty()) return llvm::PreservedAnalyses::all();

  LinearTestReplacement tests(dominators, evolution);
  Widener widener(evolution, tests);
  // Each round widens the starts of the previous round's recurrences, which are recurrences of the
  // outer loops.
  while (!recurrences.empty()) {
    Recurrences outer;
    for (Recurrences& parallel : partition(std::move(recurrences))) {
      for (Group group = finder.takeGroup(parallel); !group.empty();
           group = finder.takeGroup(parallel)) {
        std::optional<IndexedPointer> first = widener.widen(group);
        if (first) finder.addIfRecurrence(std::move(*first), /*isStart=*/true, outer);
      }
    }
    recurrences = std::move(outer);
  }
  tests.apply();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
