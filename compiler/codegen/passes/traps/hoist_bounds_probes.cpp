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

// With more arrays than this, the probes cost as much as a short loop.
constexpr size_t kMaxGroups = 12;

// The largest distance from the start of a group that is probed, in bytes. At this distance an
// address is outside of any memory that has headroom.
constexpr int64_t kMaxDistance = (int64_t{1} << 32) - kHeadroom;
// An offset from the base of a memory that is always out of bounds and within its reservation. It
// is probed instead of addresses that may be outside of the reservation.
constexpr int64_t kAfterMemory = int64_t{1} << 33;

// Loop metadata of probed loops. LLVM's loop transformations copy it to new versions of a loop.
constexpr const char* kProbed = "wasm.probed";

// The half-open byte range [begin, end), relative to the start of a group.
struct Span {
  int64_t begin;
  int64_t end;

  bool contains(const Span& other) const { return begin <= other.begin && other.end <= end; }
};

struct Access {
  Instruction* instruction;  // a load or a store
  Span bytes;                // in the first iteration
  bool isUnconditional;      // executed in each iteration
};

// Accesses with the same step whose addresses differ by constants.
struct Group {
  Value* base;        // of the memory
  const SCEV* start;  // offset of the first access from `base` in the first iteration
  int64_t step;       // in bytes; 0 for loop-invariant addresses
  llvm::SmallVector<Access, 4> accesses;
  llvm::SmallVector<AccessMark, 0> marks;  // of accesses

  // The union of the unconditional accesses' bytes, and the access that ends last.
  struct Hull {
    Span bytes;
    Instruction* highest;
  };
  // Returns nothing if no access of the group is unconditional.
  std::optional<Hull> hull() const {
    std::optional<Hull> hull;
    for (const Access& access : accesses) {
      if (!access.isUnconditional) continue;
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

// The accesses of one loop to linear memory, grouped.
class LoopAccesses {
 public:
  LoopAccesses(const Loop& loop, const llvm::DominatorTree& dominators,
               llvm::ScalarEvolution& evolution)
      : loop_(loop), dominators_(dominators), evolution_(evolution) {}

  // Returns true if the loop can be probed and there is a reason to do so: it has loads that can
  // become non-volatile, or several stores that must not be executed before a trap. Each access
  // must be in a group whose hull contains it, and the loop must have no other side effect.
  bool find() {
    for (llvm::BasicBlock* block : loop_.blocks()) {
      for (Instruction& instruction : *block) {
        if (instruction.mayReadOrWriteMemory() && !add(instruction)) return false;
      }
    }
    bool isWorthwhile = !loads_.empty() || stores_ > 1;
    return isWorthwhile &&
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
  // Returns false if `instruction` prevents probing.
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
    bool isUnconditional = dominators_.dominates(instruction.getParent(), loop_.getLoopLatch());
    for (Group& group : groups_) {
      if (group.base != base->getValue() || group.step != step) continue;
      auto* distance = dyn_cast<llvm::SCEVConstant>(evolution_.getMinusSCEV(start, group.start));
      if (distance == nullptr) continue;
      int64_t begin = distance->getAPInt().getSExtValue();
      group.accesses.push_back({&instruction, {begin, begin + bytes}, isUnconditional});
      return true;
    }
    if (groups_.size() == kMaxGroups) return false;
    groups_.push_back(
        {base->getValue(), start, step, {{&instruction, {0, bytes}, isUnconditional}}});
    return true;
  }

  // Returns true if the mark belongs to an access of a group. A mark of a loop-invariant address
  // that belongs to none is that of a hoisted access and is moved to the preheader.
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

// Inserts the probes of one loop into its preheader.
class Prober {
 public:
  // `count`: the backedge-taken count of `loop`.
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

  // Probes the last byte that the group accesses. If that byte may be outside of the reservation or
  // the first one before the memory, the probed address is selected at run time between it and one
  // that traps.
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
    llvm::APInt most(64, maxTakenCount(step) * static_cast<uint64_t>(step));
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
  // Returns an upper bound of the backedge-taken count: no recurrence that advances by `step` bytes
  // makes more iterations without a trap.
  uint64_t maxTakenCount(int64_t step) const {
    llvm::APInt most = evolution_.getUnsignedRangeMax(count_).zext(64);
    return step == 0 ? 0 : most.getLimitedValue(static_cast<uint64_t>(kMaxDistance / step));
  }

  // Returns the distance in bytes between the first and the last iteration, at most kMaxDistance.
  Value* distanceOf(int64_t step) {
    if (step == 0) return builder_.getInt64(0);
    Value*& distance = distances_[step];
    if (distance != nullptr) return distance;
    Value* count = expander_.expandCodeFor(count_, nullptr, before_);
    count = builder_.CreateZExt(count, builder_.getInt64Ty());
    uint64_t most = maxTakenCount(step);
    if (evolution_.getUnsignedRangeMax(count_).zext(64).ugt(most)) {
      count = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, count, builder_.getInt64(most));
    }
    distance = builder_.CreateMul(count, builder_.getInt64(step), "", /*HasNUW=*/true);
    return distance;
  }

  // Inserts the probe. It has the debug location of `origin`, so that a trap names its instruction.
  void probeAt(const Group& group, Value* place, const Instruction& origin) {
    Value* address = builder_.CreateGEP(builder_.getInt8Ty(), group.base, place, "",
                                        llvm::GEPNoWrapFlags::inBounds());
    llvm::LoadInst* probe =
        builder_.CreateAlignedLoad(builder_.getInt8Ty(), address, llvm::Align(1), "probe");
    probe->setVolatile(true);
    probe->setAAMetadata(origin.getAAMetadata());
    probe->setDebugLoc(origin.getDebugLoc());
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

// Returns false if the loop vectorizer is known to refuse the loop: it was told to, or the loop
// carries a floating-point value, whose reductions may not be reordered.
bool mayBecomeVectors(const Loop& loop) {
  bool carriesFloat = llvm::any_of(loop.getHeader()->phis(), [](const llvm::PHINode& phi) {
    return phi.getType()->isFPOrFPVectorTy();
  });
  std::optional<bool> asked =
      llvm::getOptionalBoolLoopAttribute(&loop, "llvm.loop.vectorize.enable");
  return !carriesFloat && asked != std::optional(false);
}

// Returns the backedge-taken count of the loop, or null if the loop cannot be probed.
const SCEV* probeableTakenCount(const Loop& loop, llvm::ScalarEvolution& evolution) {
  bool isRotated = loop.isLoopSimplifyForm() && loop.getExitingBlock() != nullptr &&
                   loop.getExitingBlock() == loop.getLoopLatch();
  if (!loop.isInnermost() || !isRotated || !mayBecomeVectors(loop)) return nullptr;
  const SCEV* count = evolution.getBackedgeTakenCount(&loop);
  bool isKnown = !isa<llvm::SCEVCouldNotCompute>(count) &&
                 count->getType()->getScalarSizeInBits() <= 64 && isSmall(*count);
  return isKnown ? count : nullptr;
}

// Returns true if vectorizing the loop could execute a store before an access of an earlier
// iteration traps.
bool mayStoreBeforeTrap(const Loop& loop) {
  size_t stores = 0;
  for (llvm::BasicBlock* block : loop.blocks()) {
    stores += llvm::count_if(*block, [](const Instruction& instruction) {
      return isa<llvm::StoreInst>(instruction) &&
             AbiLowering::isInScope(instruction, Scope::Memory);
    });
  }
  return stores > 1;
}

// Returns true if the loop was probed.
bool probeLoop(Loop& loop, const llvm::DominatorTree& dominators,
               llvm::ScalarEvolution& evolution) {
  if (!loop.getHeader()->getParent()->hasFnAttribute(kHeadroomAttribute)) return false;
  const SCEV* count = probeableTakenCount(loop, evolution);
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
    } else if (loop->isInnermost() && mayStoreBeforeTrap(*loop)) {
      llvm::addStringMetadataToLoop(loop, "llvm.loop.vectorize.enable", 0);
    }
  }
  return preservedBesideAccesses(hasChanged);
}

}  // namespace codegen
