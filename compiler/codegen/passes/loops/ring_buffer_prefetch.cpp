#include "compiler/codegen/passes/loops/ring_buffer_prefetch.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SetVector.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/Analysis/InstructionSimplify.h>
#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Support/KnownBits.h>

#include <numeric>
#include <optional>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/passes/analysis/linear_address.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::dyn_cast;
using llvm::Instruction;
using llvm::isa;
using llvm::LoadInst;
using llvm::StoreInst;
using llvm::Value;

namespace {

// The largest number of slots. With more, a prefetched line may be evicted before it is used, and a
// large table is rather a cache, whose slots are not read in the order in which they were written.
constexpr uint64_t kMaxSlots = 64;
constexpr uint64_t kLineBytes = 64;
// A slot's value may select a row of a table, in which a small index that is not known yet selects
// the element.
constexpr uint64_t kMaxRowBytes = 4 * kLineBytes;
constexpr uint64_t kMaxLines = 2;     // of a row
constexpr size_t kMaxPrefetches = 4;  // of a ring buffer
// Bound compile time.
constexpr size_t kMaxDerived = 64;
constexpr int kMaxDepth = 4;

// A slot of a ring buffer that is read and then overwritten in the same block.
struct SlotUpdate {
  LoadInst* load;
  StoreInst* store;
};

// Returns true if `index`, that of an access, has a term that is masked with a small constant.
bool hasMaskedTerm(Value* index, int depth = 0) {
  using namespace llvm::PatternMatch;
  if (depth > kMaxDepth) return false;
  Value *left, *right;
  const llvm::APInt* mask;
  if (match(index, m_ZExt(m_Value(left))) || match(index, m_Shl(m_Value(left), m_ConstantInt()))) {
    return hasMaskedTerm(left, depth + 1);
  }
  if (match(index, m_Add(m_Value(left), m_Value(right)))) {
    return hasMaskedTerm(left, depth + 1) || hasMaskedTerm(right, depth + 1);
  }
  return match(index, m_And(m_Value(), m_APInt(mask))) && mask->isShiftedMask() &&
         mask->popcount() <= llvm::Log2_64(kMaxSlots);
}

bool isRingSlot(Value* pointer) {
  auto* address = dyn_cast<llvm::GetElementPtrInst>(pointer->stripInBoundsConstantOffsets());
  return address != nullptr && address->getNumIndices() == 1 &&
         hasMaskedTerm(address->getOperand(1));
}

// Returns the loads and stores with the same slot address, in the order of the code.
llvm::SmallVector<SlotUpdate> slotUpdatesIn(llvm::Function& function) {
  llvm::SmallVector<SlotUpdate> found;
  for (BasicBlock& block : function) {
    llvm::DenseMap<Value*, LoadInst*> loads;
    for (Instruction& instruction : block) {
      if (auto* load = dyn_cast<LoadInst>(&instruction)) {
        if (load->getType()->isIntegerTy()) loads[load->getPointerOperand()] = load;
      } else if (auto* store = dyn_cast<StoreInst>(&instruction)) {
        LoadInst* load = loads.lookup(store->getPointerOperand());
        loads.erase(store->getPointerOperand());
        bool isUpdate = load != nullptr && store->getValueOperand() != load &&
                        store->getValueOperand()->getType() == load->getType() &&
                        isRingSlot(store->getPointerOperand());
        if (isUpdate) found.push_back({load, store});
      }
    }
  }
  return found;
}

// A range of addresses, as far as it is known when a value is written to a ring buffer.
struct PrefetchAddress {
  Value* begin;
  uint64_t span;  // the address is at most so many bytes behind `begin`
};

// Computes addresses that depend on the value that is read from a slot for the value that is
// written, and prefetches them.
class Prefetcher {
 public:
  Prefetcher(const SlotUpdate& update, const llvm::DominatorTree& dominators)
      : update_(update),
        dominators_(dominators),
        layout_(update.store->getDataLayout()),
        builder_(update.store->getNextNode()) {}

  // Returns true if the function changed.
  bool run() {
    follow();
    for (Value* pointer : pointers_) {
      if (prefetched_.size() < kMaxPrefetches) prefetch(pointer);
    }
    return !copies_.empty() || !prefetched_.empty();
  }

 private:
  // Finds the values that are computed from the value that is read, and those that are addresses.
  void follow() {
    derived_.insert(update_.load);
    for (size_t i = 0; i < derived_.size() && derived_.size() < kMaxDerived; ++i) {
      for (llvm::User* user : derived_[i]->users()) {
        if (llvm::getLoadStorePointerOperand(user) == derived_[i]) {
          bool isOurs = AbiLowering::isInScope(*llvm::cast<Instruction>(user), Scope::Memory);
          if (isOurs) pointers_.insert(derived_[i]);
        } else if (canCopy(*llvm::cast<Instruction>(user))) {
          derived_.insert(user);
        }
      }
    }
  }

  // A division is excluded, since it may be undefined for the other value.
  static bool canCopy(const Instruction& instruction) {
    return isa<llvm::BinaryOperator, llvm::GetElementPtrInst, llvm::ZExtInst, llvm::TruncInst>(
               instruction) &&
           !instruction.isIntDivRem() && !instruction.getType()->isVectorTy();
  }

  void prefetch(Value* pointer) {
    // Accesses to the same row, at constant distances, share a prefetch.
    std::optional<PrefetchAddress> address = addressOf(pointer->stripInBoundsConstantOffsets());
    if (!address || !isa<Instruction>(address->begin) || !prefetched_.insert(address->begin))
      return;
    for (uint64_t at = 0; at == 0 || at < std::min(address->span, kMaxLines * kLineBytes);
         at += kLineBytes) {
      Value* line =
          at == 0 ? address->begin : builder_.CreatePtrAdd(address->begin, builder_.getInt64(at));
      builder_.CreateIntrinsic(
          llvm::Intrinsic::prefetch, {line->getType()},
          {line, builder_.getInt32(0), builder_.getInt32(3), builder_.getInt32(1)});
    }
  }

  // Returns what `value` would be for the value that is written, or nothing if that is not known at
  // the store.
  std::optional<PrefetchAddress> addressOf(Value* value) {
    auto [known, isNew] = known_.try_emplace(value);
    if (isNew) {
      std::optional<PrefetchAddress> address = computeAddress(value);
      known_[value] = address;
      return address;
    }
    return known->second;
  }

  std::optional<PrefetchAddress> computeAddress(Value* value) {
    if (value == update_.load) return PrefetchAddress{update_.store->getValueOperand(), 0};
    auto* instruction = dyn_cast<Instruction>(value);
    if (instruction == nullptr) return PrefetchAddress{value, 0};
    if (derived_.contains(value)) return copyOf(*instruction);
    if (dominators_.dominates(instruction, update_.store)) return PrefetchAddress{value, 0};
    return withinRow(value);
  }

  // Returns the range from zero if `value`, which is not available yet, is known to be small.
  std::optional<PrefetchAddress> withinRow(Value* value) const {
    if (!value->getType()->isIntegerTy()) return std::nullopt;
    uint64_t most = llvm::computeKnownBits(value, layout_).getMaxValue().getLimitedValue();
    if (most >= kMaxRowBytes) return std::nullopt;
    return PrefetchAddress{llvm::ConstantInt::get(value->getType(), 0), most};
  }

  std::optional<PrefetchAddress> copyOf(Instruction& original) {
    llvm::SmallVector<Value*, 2> operands;
    llvm::SmallVector<uint64_t, 2> spans;
    for (Value* operand : original.operands()) {
      std::optional<PrefetchAddress> address = addressOf(operand);
      if (!address) return std::nullopt;
      operands.push_back(address->begin);
      spans.push_back(address->span);
    }
    std::optional<uint64_t> span = spanOf(original, spans);
    if (!span || *span > kMaxRowBytes) return std::nullopt;
    return PrefetchAddress{copyWith(original, operands), *span};
  }

  // Returns by how much the result may grow if the operands grow by at most `spans`, or nothing if
  // that is not bounded.
  static std::optional<uint64_t> spanOf(const Instruction& instruction,
                                        llvm::ArrayRef<uint64_t> spans) {
    uint64_t sum = std::accumulate(spans.begin(), spans.end(), uint64_t{0});
    if (sum == 0) return 0;
    switch (instruction.getOpcode()) {
      case Instruction::Add:
      case Instruction::Or:
      case Instruction::ZExt:
      case Instruction::GetElementPtr:
        return sum;
      case Instruction::Shl:
        if (auto* by = dyn_cast<llvm::ConstantInt>(instruction.getOperand(1))) {
          return sum << by->getLimitedValue(32);
        }
        return std::nullopt;
      default:
        return std::nullopt;
    }
  }

  // Returns a copy of `original` with other operands, or an equal value.
  Value* copyWith(Instruction& original, llvm::ArrayRef<Value*> operands) {
    Instruction* copy = builder_.Insert(original.clone());
    for (auto [i, operand] : llvm::enumerate(operands)) copy->setOperand(i, operand);
    // Flags such as `nuw` need not hold for the other value.
    copy->dropPoisonGeneratingAnnotations();
    Value* same = llvm::simplifyInstruction(copy, layout_);
    if (same == nullptr) {
      auto* earlier =
          llvm::find_if(copies_, [&](Instruction* other) { return other->isIdenticalTo(copy); });
      if (earlier == copies_.end()) {
        copies_.push_back(copy);
        return copy;
      }
      same = *earlier;
    }
    copy->eraseFromParent();
    return same;
  }

  const SlotUpdate& update_;
  const llvm::DominatorTree& dominators_;
  const llvm::DataLayout& layout_;
  llvm::IRBuilder<> builder_;
  llvm::SmallSetVector<Value*, 16> derived_;
  llvm::SmallSetVector<Value*, 8> pointers_;
  llvm::SmallSetVector<Value*, 4> prefetched_;
  llvm::DenseMap<Value*, std::optional<PrefetchAddress>> known_;
  llvm::SmallVector<Instruction*, 16> copies_;
};

}  // namespace

llvm::PreservedAnalyses RingBufferPrefetch::run(llvm::Function& function,
                                                llvm::FunctionAnalysisManager& analyses) {
  if (!function.hasFnAttribute(kHeadroomAttribute)) return llvm::PreservedAnalyses::all();
  llvm::SmallVector<SlotUpdate> updates = slotUpdatesIn(function);
  if (updates.empty()) return llvm::PreservedAnalyses::all();
  const auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  bool hasChanged = false;
  for (const SlotUpdate& update : updates) hasChanged |= Prefetcher(update, dominators).run();
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
