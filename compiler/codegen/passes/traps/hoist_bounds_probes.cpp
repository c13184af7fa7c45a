#include "compiler/codegen/passes/traps/hoist_bounds_probes.h"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/Transforms/Utils/LoopUtils.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/passes/analysis/access_mark.h"
#include "compiler/codegen/passes/analysis/linear_address.h"
#include "compiler/codegen/passes/analysis/scev_size.h"
#include "compiler/codegen/passes/analysis/trapping_load.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Instruction;
using llvm::isa;
using llvm::Loop;
using llvm::SCEV;
using llvm::Value;

namespace {

// With more arrays the probes cost as much as a short loop.
constexpr size_t kMaxGroups = 12;

// How far from its start a loop is probed at most: from there on, it has left any memory that has
// headroom.
constexpr int64_t kMaxDistance = (int64_t{1} << 32) - kHeadroom;
// From the base of a memory: what is probed instead of what lies further outside, on either side.
constexpr int64_t kAfterMemory = int64_t{1} << 33;

// On loops.
constexpr const char* kProbed = "wasm.probed";

// [begin, end) from where a group starts.
struct Span {
  int64_t begin;
  int64_t end;

  bool contains(const Span& other) const { return begin <= other.begin && other.end <= end; }
};

struct Access {
  Instruction* instruction;  // a load or a store
  Span bytes;                // in the first iteration
  bool isSteady;             // made in each iteration
};

// Accesses that advance in step, and whose distances are constants.
struct Group {
  Value* base;        // of the memory
  const SCEV* start;  // from there, in the first iteration
  int64_t step;
  llvm::SmallVector<Access, 4> accesses;
  llvm::SmallVector<AccessMark, 0> marks;  // of accesses

  // The span of what is accessed in each iteration, and the access that reaches furthest.
  struct Hull {
    Span bytes;
    Instruction* highest;
  };
  std::optional<Hull> hull() const {
    std::optional<Hull> hull;
    for (const Access& access : accesses) {
      if (!access.isSteady) continue;
      if (!hull) hull = Hull{access.bytes, access.instruction};
      hull->bytes.begin = std::min(hull->bytes.begin, access.bytes.begin);
      if (access.bytes.end > hull->bytes.end) {
        hull->bytes.end = access.bytes.end;
        hull->highest = access.instruction;
      }
    }
    return hull;
  }
};

// What one loop accesses in linear memory.
class LoopAccesses {
 public:
  LoopAccesses(const Loop& loop, const llvm::DominatorTree& dominators,
               llvm::ScalarEvolution& evolution)
      : loop_(loop), dominators_(dominators), evolution_(evolution) {}

  // Whether all of the loop's accesses are in groups whose hulls contain them, and there are loads
  // to release, or several stores of which none may be made too early. False where the loop might
  // stop by itself.
  bool find() {
    for (llvm::BasicBlock* block : loop_.blocks()) {
      for (Instruction& instruction : *block) {
        if (instruction.mayReadOrWriteMemory() && !add(instruction)) return false;
      }
    }
    bool hasReason = !loads_.empty() || stores_ > 1;
    return hasReason &&
           llvm::all_of(marks_, [this](const AccessMark& mark) { return add(mark); }) &&
           llvm::all_of(groups_, [](const Group& group) {
             std::optional<Group::Hull> hull = group.hull();
             return hull && llvm::all_of(group.accesses, [&](const Access& access) {
                      return hull->bytes.contains(access.bytes);
                    });
           });
  }

  llvm::ArrayRef<Group> groups() const { return groups_; }
  llvm::ArrayRef<llvm::LoadInst*> loads() const { return loads_; }

 private:
  bool add(Instruction& instruction) {
    if (std::optional<AccessMark> mark = asAccessMark(instruction)) {
      marks_.push_back(*mark);
      return true;
    }
    Value* pointer = llvm::getLoadStorePointerOperand(&instruction);
    if (pointer == nullptr) return !instruction.mayHaveSideEffects();
    llvm::LoadInst* load = asTrappingLoad(instruction);
    if (!AbiLowering::isInScope(instruction, Scope::Memory)) return !instruction.isVolatile();
    auto* store = dyn_cast<llvm::StoreInst>(&instruction);
    if (load == nullptr && (store == nullptr || !store->isSimple())) return false;
    if (load != nullptr) {
      loads_.push_back(load);
    } else {
      ++stores_;
    }

    const SCEV* address = evolution_.getSCEV(pointer);
    int64_t step = 0;
    if (!evolution_.isLoopInvariant(address, &loop_)) {
      auto* recurrence = dyn_cast<llvm::SCEVAddRecExpr>(address);
      if (recurrence == nullptr || recurrence->getLoop() != &loop_ || !recurrence->isAffine()) {
        return false;
      }
      auto* constant = dyn_cast<llvm::SCEVConstant>(recurrence->getStepRecurrence(evolution_));
      if (constant == nullptr) return false;
      step = constant->getAPInt().getSExtValue();
      address = recurrence->getStart();
    }
    if (std::abs(step) > kHeadroom || !isSmall(*address)) {
      return false;
    }
    return addToGroup(instruction, address, step);
  }

  bool addToGroup(Instruction& instruction, const SCEV* address, int64_t step) {
    auto* base = dyn_cast<llvm::SCEVUnknown>(evolution_.getPointerBase(address));
    if (base == nullptr || !isMemoryBase(base->getValue())) return false;
    const SCEV* start = evolution_.removePointerBase(address);
    auto bytes = static_cast<int64_t>(
        instruction.getDataLayout().getTypeStoreSize(llvm::getLoadStoreType(&instruction)));
    bool isSteady = dominators_.dominates(instruction.getParent(), loop_.getLoopLatch());
    for (Group& group : groups_) {
      if (group.base != base->getValue() || group.step != step) continue;
      auto* distance = dyn_cast<llvm::SCEVConstant>(evolution_.getMinusSCEV(start, group.start));
      if (distance == nullptr) continue;
      int64_t begin = distance->getAPInt().getSExtValue();
      group.accesses.push_back({&instruction, {begin, begin + bytes}, isSteady});
      return true;
    }
    if (groups_.size() == kMaxGroups) return false;
    groups_.push_back({base->getValue(), start, step, {{&instruction, {0, bytes}, isSteady}}});
    return true;
  }

  // Whether the mark is of an access in a group. One of an access before the loop leaves it.
  bool add(const AccessMark& mark) {
    for (Group& group : groups_) {
      for (const Access& access : group.accesses) {
        if (llvm::getLoadStorePointerOperand(access.instruction) != mark.address ||
            access.bytes.end - access.bytes.begin < static_cast<int64_t>(mark.bytes)) {
          continue;
        }
        group.marks.push_back(mark);
        return true;
      }
    }
    if (!loop_.isLoopInvariant(mark.address)) return false;
    mark.call->moveBefore(loop_.getLoopPreheader()->getTerminator()->getIterator());
    return true;
  }

  const Loop& loop_;
  const llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
  llvm::SmallVector<Group, 8> groups_;
  llvm::SmallVector<AccessMark, 0> marks_;
  llvm::SmallVector<llvm::LoadInst*, 8> loads_;
  size_t stores_ = 0;
};

// Writes the probes of one loop into its preheader.
class Prober {
 public:
  Prober(const Loop& loop, const SCEV* count, llvm::ScalarEvolution& evolution)
      : count_(count),
        evolution_(evolution),
        expander_(evolution, "probe"),
        before_(loop.getLoopPreheader()->getTerminator()),
        builder_(before_) {}

  bool canExpand(llvm::ArrayRef<Group> groups) const {
    return expander_.isSafeToExpandAt(count_, before_) &&
           llvm::all_of(groups, [this](const Group& group) {
             return expander_.isSafeToExpandAt(group.start, before_);
           });
  }

  // Loads the last byte that the group comes to; or one that traps, where that or the first lies
  // outside of what a memory can be.
  void probe(const Group& group) {
    Group::Hull hull = *group.hull();
    Value* start = expander_.expandCodeFor(group.start, builder_.getInt64Ty(), before_);
    int64_t step = std::abs(group.step);
    Value* distance = distanceOf(step);
    bool isUpwards = group.step >= 0;
    Value* lowest = isUpwards ? start : builder_.CreateSub(start, distance);
    Value* highest = isUpwards ? builder_.CreateAdd(start, distance) : start;
    Value* place = builder_.CreateAdd(highest, builder_.getInt64(hull.bytes.end - 1));
    Value* outside = builder_.getInt64(kAfterMemory);

    llvm::ConstantRange starts = evolution_.getSignedRange(group.start);
    llvm::APInt most(64, mostCount(step) * static_cast<uint64_t>(step));
    llvm::APInt greatest = starts.getSignedMax(), least = starts.getSignedMin();
    isUpwards ? greatest = greatest.sadd_sat(most) : least = least.ssub_sat(most);
    if (greatest.sgt(kAfterMemory - hull.bytes.end)) {
      place = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, place, outside);
    }
    if (least.slt(-hull.bytes.begin)) {
      Value* first = builder_.CreateAdd(lowest, builder_.getInt64(hull.bytes.begin));
      Value* isBefore = builder_.CreateICmpSLT(first, builder_.getInt64(0));
      place = builder_.CreateSelect(isBefore, outside, place);
    }
    probeAt(group, place, *hull.highest);
  }

 private:
  // Of the iterations after the first: how many may take a recurrence that advances by `step` to
  // where it traps.
  uint64_t mostCount(int64_t step) const {
    llvm::APInt most = evolution_.getUnsignedRangeMax(count_).zext(64);
    return step == 0 ? 0 : most.getLimitedValue(static_cast<uint64_t>(kMaxDistance / step));
  }

  // How far such a recurrence comes.
  Value* distanceOf(int64_t step) {
    if (step == 0) return builder_.getInt64(0);
    Value*& distance = distances_[step];
    if (distance != nullptr) return distance;
    Value* count = expander_.expandCodeFor(count_, nullptr, before_);
    count = builder_.CreateZExt(count, builder_.getInt64Ty());
    uint64_t most = mostCount(step);
    if (evolution_.getUnsignedRangeMax(count_).zext(64).ugt(most)) {
      count = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, count, builder_.getInt64(most));
    }
    distance = builder_.CreateMul(count, builder_.getInt64(step), "", /*HasNUW=*/true);
    return distance;
  }

  void probeAt(const Group& group, Value* place, const Instruction& blamed) {
    Value* address = builder_.CreateGEP(builder_.getInt8Ty(), group.base, place, "",
                                        llvm::GEPNoWrapFlags::inBounds());
    llvm::LoadInst* probe =
        builder_.CreateAlignedLoad(builder_.getInt8Ty(), address, llvm::Align(1), "probe");
    probe->setVolatile(true);
    probe->setAAMetadata(blamed.getAAMetadata());
    probe->setDebugLoc(blamed.getDebugLoc());
    for (const AccessMark& mark : group.marks) {
      builder_.SetCurrentDebugLocation(mark.call->getDebugLoc());
      createAccessMark(builder_, address, 1);
      mark.call->eraseFromParent();
    }
    builder_.SetCurrentDebugLocation(llvm::DebugLoc());
  }

  const SCEV* count_;
  llvm::ScalarEvolution& evolution_;
  llvm::SCEVExpander expander_;
  Instruction* before_;
  llvm::IRBuilder<> builder_;
  llvm::DenseMap<int64_t, Value*> distances_;  // by step
};

// Whether anything is to be gained: LLVM's vectoriser has not been told to leave the loop alone,
// and does not do so by itself, as sums of floating-point numbers must keep their order.
bool mayBecomeVectors(const Loop& loop) {
  bool carriesFloat = llvm::any_of(loop.getHeader()->phis(), [](const llvm::PHINode& phi) {
    return phi.getType()->isFPOrFPVectorTy();
  });
  std::optional<bool> asked =
      llvm::getOptionalBoolLoopAttribute(&loop, "llvm.loop.vectorize.enable");
  return !carriesFloat && asked != std::optional(false);
}

// The number of times that the loop goes round again; null if it cannot be probed.
const SCEV* countOf(const Loop& loop, llvm::ScalarEvolution& evolution) {
  bool isRotated = loop.isLoopSimplifyForm() && loop.getExitingBlock() != nullptr &&
                   loop.getExitingBlock() == loop.getLoopLatch();
  if (!loop.isInnermost() || !isRotated || !mayBecomeVectors(loop)) return nullptr;
  const SCEV* count = evolution.getBackedgeTakenCount(&loop);
  bool isKnown = !isa<llvm::SCEVCouldNotCompute>(count) &&
                 count->getType()->getScalarSizeInBits() <= 64 && isSmall(*count);
  return isKnown ? count : nullptr;
}

// Whether vectors of one access could be stored before another access traps.
bool mayStoreTooMuch(const Loop& loop) {
  size_t stores = 0;
  for (llvm::BasicBlock* block : loop.blocks()) {
    stores += llvm::count_if(*block, [](const Instruction& instruction) {
      return isa<llvm::StoreInst>(instruction) &&
             AbiLowering::isInScope(instruction, Scope::Memory);
    });
  }
  return stores > 1;
}

bool probeLoop(Loop& loop, const llvm::DominatorTree& dominators,
               llvm::ScalarEvolution& evolution) {
  if (!loop.getHeader()->getParent()->hasFnAttribute(kHeadroomAttribute)) return false;
  const SCEV* count = countOf(loop, evolution);
  if (count == nullptr) return false;
  LoopAccesses accesses(loop, dominators, evolution);
  if (!accesses.find()) return false;
  Prober prober(loop, count, evolution);
  if (!prober.canExpand(accesses.groups())) return false;
  for (const Group& group : accesses.groups()) prober.probe(group);
  for (llvm::LoadInst* load : accesses.loads()) load->setVolatile(false);
  llvm::addStringMetadataToLoop(&loop, kProbed, 1);
  return true;
}

}  // namespace

bool HoistBoundsProbes::hasProbed(const Loop& loop) {
  return llvm::getBooleanLoopAttribute(&loop, kProbed);
}

llvm::PreservedAnalyses HoistBoundsProbes::run(llvm::Function& function,
                                               llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  bool hasChanged = false;
  for (Loop* loop : loops.getLoopsInPreorder()) {
    if (probeLoop(*loop, dominators, evolution)) {
      hasChanged = true;
    } else if (loop->isInnermost() && mayStoreTooMuch(*loop)) {
      llvm::addStringMetadataToLoop(loop, "llvm.loop.vectorize.enable", 0);
    }
  }
  return preservedBesideAccesses(hasChanged);
}

}  // namespace codegen
