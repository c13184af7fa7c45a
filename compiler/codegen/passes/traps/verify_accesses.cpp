#include "compiler/codegen/passes/traps/verify_accesses.h"

#include <llvm/ADT/MapVector.h>
#include <llvm/ADT/SetVector.h>
#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Metadata.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Transforms/Utils/Local.h>

#include "compiler/codegen/passes/analysis/access_mark.h"
#include "compiler/codegen/passes/analysis/linear_address.h"
#include "compiler/codegen/passes/analysis/trapping_load.h"
#include "runtime/base/check.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::dyn_cast;
using llvm::Instruction;
using llvm::isa;
using llvm::Value;

namespace {

constexpr const char* kMetadata = "wasm.accesses";

// Bounds the blocks that are searched for a covering access after a mark.
constexpr size_t kMaxBlocks = 64;

// Returns the byte offset of the mark's instruction in the module, or 0 if it is not known because
// marks were merged.
unsigned offsetOf(const AccessMark& mark) {
  const llvm::DebugLoc& location = mark.call->getDebugLoc();
  return location ? location.getLine() : 0;
}

// The bytes [begin, end) relative to a pointer.
struct ByteRange {
  Value* base;
  int64_t begin;
  int64_t end;
};

ByteRange rangeOf(Value* pointer, uint64_t bytes, const llvm::DataLayout& layout) {
  llvm::APInt offset(64, 0);
  Value* base =
      pointer->stripAndAccumulateConstantOffsets(layout, offset, /*AllowNonInbounds=*/true);
  int64_t begin = offset.getSExtValue();
  return {base, begin, begin + static_cast<int64_t>(bytes)};
}

const Value* withoutFreeze(const Value* value) {
  auto* freeze = dyn_cast<llvm::FreezeInst>(value);
  return freeze == nullptr ? value : freeze->getOperand(0);
}

// Returns true if `isTrue` holds for `value` or, if it is a phi, for all of its incoming values,
// which may be phis as well.
bool isTrueOfAll(const Value* value, llvm::function_ref<bool(const Value*)> isTrue) {
  llvm::SmallSetVector<const Value*, 8> origins;
  origins.insert(value);
  for (size_t i = 0; i < origins.size(); ++i) {
    if (auto* phi = dyn_cast<llvm::PHINode>(origins[i])) {
      origins.insert(phi->op_begin(), phi->op_end());
    } else if (!isTrue(origins[i])) {
      return false;
    }
  }
  return true;
}

// Returns true if `base` is the base of a memory plus a non-negative index, if any. Then all bytes
// between `base` and an address in bounds are in bounds.
bool isNotBeforeMemory(const Value* base, const llvm::DataLayout& layout) {
  auto isNonNegative = [&](const Value* index) { return llvm::isKnownNonNegative(index, layout); };
  return isTrueOfAll(base, [&](const Value* origin) {
    origin = withoutFreeze(origin);
    if (isMemoryBase(origin)) return true;
    auto* pointer = dyn_cast<llvm::GetElementPtrInst>(origin);
    return pointer != nullptr && pointer->getNumIndices() == 1 &&
           isMemoryBase(withoutFreeze(pointer->getPointerOperand())) &&
           isTrueOfAll(pointer->getOperand(1), isNonNegative);
  });
}

// Returns true if the host could tell whether the guest trapped before or after `instruction`.
bool isObservable(const Instruction& instruction) {
  if (isa<llvm::LoadInst, llvm::StoreInst, llvm::IntrinsicInst>(instruction)) return false;
  return isa<llvm::ReturnInst, llvm::UnreachableInst>(instruction) ||
         instruction.mayHaveSideEffects();
}

// Looks for the covering accesses of one function's marks.
class Checker {
 public:
  Checker(llvm::Function& function, const llvm::DominatorTree& dominators)
      : layout_(function.getDataLayout()), dominators_(dominators) {
    for (Instruction& instruction : llvm::instructions(function)) {
      if (std::optional<ByteRange> range = accessed(instruction)) {
        accesses_[range->base].push_back({&instruction, *range});
      }
    }
  }

  // Returns true if `mark` has a covering access, and records the mark's offset for it.
  bool check(const AccessMark& mark) {
    ByteRange range = rangeOf(mark.address, mark.bytes, layout_);
    const Instruction* found = coveringBefore(*mark.call, range);
    if (found == nullptr) found = coveringAfter(*mark.call, range);
    if (found == nullptr) return false;
    if (unsigned offset = offsetOf(mark)) coveredOffsets_[found].insert(offset);
    return true;
  }

  // Adds `wasm.accesses` to the covering accesses that `check` has found.
  void addMetadata() {
    for (auto& [instruction, offsets] : coveredOffsets_) {
      llvm::LLVMContext& context = instruction->getContext();
      llvm::SmallVector<llvm::Metadata*> operands;
      for (unsigned offset : offsets) {
        auto* constant = llvm::ConstantInt::get(llvm::Type::getInt32Ty(context), offset);
        operands.push_back(llvm::ConstantAsMetadata::get(constant));
      }
      const_cast<Instruction*>(instruction)
          ->setMetadata(kMetadata, llvm::MDNode::get(context, operands));
    }
  }

 private:
  struct Access {
    const Instruction* instruction;
    ByteRange range;
  };

  // Maps a block to an access that covers the range on all paths from its start. Null if there is
  // none, or while the search of the block is in progress.
  using Visited = llvm::SmallDenseMap<const BasicBlock*, const Instruction*, 8>;

  // Returns the bytes that a trapping load or a store accesses, or nothing for other instructions.
  std::optional<ByteRange> accessed(Instruction& instruction) const {
    if (!isa<llvm::StoreInst>(instruction) && asTrappingLoad(instruction) == nullptr) {
      return std::nullopt;
    }
    return rangeOf(llvm::getLoadStorePointerOperand(&instruction),
                   layout_.getTypeStoreSize(llvm::getLoadStoreType(&instruction)), layout_);
  }

  // Returns true if an access of `range` traps whenever one of `wanted` does.
  bool covers(const ByteRange& range, const ByteRange& wanted) const {
    return range.base == wanted.base && range.end >= wanted.end &&
           (range.begin <= wanted.begin ||
            (wanted.begin >= 0 && isNotBeforeMemory(wanted.base, layout_)));
  }

  // Returns a covering access that dominates `position`, or null.
  const Instruction* coveringBefore(const Instruction& position, const ByteRange& range) const {
    auto found = accesses_.find(range.base);
    if (found != accesses_.end()) {
      for (const Access& access : found->second) {
        if (covers(access.range, range) && dominators_.dominates(access.instruction, &position)) {
          return access.instruction;
        }
      }
    }
    auto* phi = dyn_cast<llvm::PHINode>(range.base);
    return phi == nullptr ? nullptr : coveringBeforePhi(*phi, range);
  }

  // Returns a covering access of the last incoming value if each incoming value has one, or null.
  const Instruction* coveringBeforePhi(const llvm::PHINode& phi, const ByteRange& range) const {
    const Instruction* found = nullptr;
    for (unsigned i = 0; i < phi.getNumIncomingValues(); ++i) {
      ByteRange incoming = rangeOf(phi.getIncomingValue(i), 0, layout_);
      if (isa<llvm::PHINode>(incoming.base)) return nullptr;
      incoming.begin += range.begin;
      incoming.end += range.end;
      found = coveringBefore(*phi.getIncomingBlock(i)->getTerminator(), incoming);
      if (found == nullptr) return nullptr;
    }
    return found;
  }

  const Instruction* coveringAfter(Instruction& mark, const ByteRange& range) const {
    Visited visited;
    return coveringFrom(mark.getIterator(), range, visited);
  }

  // Returns a covering access if all paths from `position` have one before any observable effect,
  // or null. A cycle without a covering access has no covering access.
  const Instruction* coveringFrom(BasicBlock::iterator position, const ByteRange& range,
                                  Visited& visited) const {
    BasicBlock* block = position->getParent();
    for (Instruction& instruction : llvm::make_range(position, block->end())) {
      std::optional<ByteRange> access = accessed(instruction);
      if (access && covers(*access, range)) return &instruction;
      if (isObservable(instruction)) return nullptr;
    }
    const Instruction* found = nullptr;
    for (BasicBlock* next : llvm::successors(block)) {
      auto [known, isNew] = visited.insert({next, nullptr});
      found = known->second;
      if (isNew && visited.size() <= kMaxBlocks) {
        found = coveringFromStart(*next, *block, range, visited);
        visited[next] = found;
      }
      if (found == nullptr) return nullptr;
    }
    return found;
  }

  // Continues at the start of `block`, coming from `before`. If stores of several predecessors were
  // sunk into `block`, their address is a phi, so the search is repeated with each phi that has the
  // range's base as incoming value.
  const Instruction* coveringFromStart(BasicBlock& block, BasicBlock& before,
                                       const ByteRange& range, Visited& visited) const {
    for (llvm::PHINode& phi : block.phis()) {
      ByteRange incoming = rangeOf(phi.getIncomingValueForBlock(&before), 0, layout_);
      if (incoming.base != range.base) continue;
      ByteRange translated{&phi, range.begin - incoming.begin, range.end - incoming.begin};
      Visited tried = visited;
      const Instruction* found = coveringFrom(block.begin(), translated, tried);
      if (found != nullptr) return found;
    }
    return coveringFrom(block.begin(), range, visited);
  }

  const llvm::DataLayout& layout_;
  const llvm::DominatorTree& dominators_;
  llvm::DenseMap<const Value*, llvm::SmallVector<Access, 2>> accesses_;
  llvm::MapVector<const Instruction*, llvm::SmallSetVector<unsigned, 2>> coveredOffsets_;
};

void reportLost(const AccessMark& mark) {
  llvm::errs() << "in " << mark.call->getFunction()->getName() << ": an access of " << mark.bytes
               << " bytes";
  if (unsigned offset = offsetOf(mark)) llvm::errs() << " at offset " << offset;
  llvm::errs() << " would not trap:" << *mark.call << "\n";
}

}  // namespace

llvm::PreservedAnalyses VerifyAccesses::run(llvm::Function& function,
                                            llvm::FunctionAnalysisManager& analyses) {
  llvm::SmallVector<AccessMark> marks;
  for (Instruction& instruction : llvm::instructions(function)) {
    if (std::optional<AccessMark> mark = asAccessMark(instruction)) marks.push_back(*mark);
  }
  if (marks.empty()) return llvm::PreservedAnalyses::all();
  Checker checker(function, analyses.getResult<llvm::DominatorTreeAnalysis>(function));
  bool isLost = false;
  for (const AccessMark& mark : marks) {
    if (checker.check(mark)) continue;
    reportLost(mark);
    isLost = true;
  }
  CHECK(!isLost);
  checker.addMetadata();
  for (const AccessMark& mark : marks) {
    mark.call->eraseFromParent();
    llvm::RecursivelyDeleteTriviallyDeadInstructions(mark.address);
  }
  return llvm::PreservedAnalyses::none();
}

}  // namespace codegen
