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

// What is fetched further ahead may be evicted before it is used; and a large table of slots is no
// ring but a cache, whose values are not read in the order in which they were written.
constexpr uint64_t kMaxSlots = 64;
constexpr uint64_t kLine = 64;
// What a slot's value leads to may be a row, in which the rest of the address says where.
constexpr uint64_t kMaxRow = 4 * kLine;
constexpr uint64_t kMaxLines = 2;
constexpr size_t kMaxPrefetches = 4;
constexpr size_t kMaxDerived = 64;
constexpr int kMaxDepth = 4;

// A slot that is read and then written, in one block.
struct Exchange {
  LoadInst* leaving;
  StoreInst* entering;
};

// Whether `index`, that of an access, has a summand that goes round.
bool goesRound(Value* index, int depth = 0) {
  using namespace llvm::PatternMatch;
  if (depth > kMaxDepth) return false;
  Value *left, *right;
  const llvm::APInt* mask;
  if (match(index, m_ZExt(m_Value(left))) || match(index, m_Shl(m_Value(left), m_ConstantInt()))) {
    return goesRound(left, depth + 1);
  }
  if (match(index, m_Add(m_Value(left), m_Value(right)))) {
    return goesRound(left, depth + 1) || goesRound(right, depth + 1);
  }
  return match(index, m_And(m_Value(), m_APInt(mask))) && mask->isShiftedMask() &&
         mask->popcount() <= llvm::Log2_64(kMaxSlots);
}

bool isRingSlot(Value* pointer) {
  auto* address = dyn_cast<llvm::GetElementPtrInst>(pointer->stripInBoundsConstantOffsets());
  return address != nullptr && address->getNumIndices() == 1 && goesRound(address->getOperand(1));
}

llvm::SmallVector<Exchange> exchangesIn(llvm::Function& function) {
  llvm::SmallVector<Exchange> found;
  for (BasicBlock& block : function) {
    llvm::DenseMap<Value*, LoadInst*> loads;
    for (Instruction& instruction : block) {
      if (auto* load = dyn_cast<LoadInst>(&instruction)) {
        if (load->getType()->isIntegerTy()) loads[load->getPointerOperand()] = load;
      } else if (auto* store = dyn_cast<StoreInst>(&instruction)) {
        LoadInst* load = loads.lookup(store->getPointerOperand());
        loads.erase(store->getPointerOperand());
        bool isExchange = load != nullptr && store->getValueOperand() != load &&
                          store->getValueOperand()->getType() == load->getType() &&
                          isRingSlot(store->getPointerOperand());
        if (isExchange) found.push_back({load, store});
      }
    }
  }
  return found;
}

// What of an address is known when a value enters a ring: where it begins, and how many bytes
// beyond that it may lie.
struct Ahead {
  Value* begin;
  uint64_t span;
};

// The addresses computed from the value that leaves a ring, for the one that enters it.
class Prefetcher {
 public:
  Prefetcher(const Exchange& exchange, const llvm::DominatorTree& dominators)
      : exchange_(exchange),
        dominators_(dominators),
        layout_(exchange.entering->getDataLayout()),
        builder_(exchange.entering->getNextNode()) {}

  bool run() {
    follow();
    for (Value* pointer : pointers_) {
      if (prefetched_.size() < kMaxPrefetches) prefetch(pointer);
    }
    return !copies_.empty() || !prefetched_.empty();
  }

 private:
  // Finds what is computed from the value, up to addresses.
  void follow() {
    derived_.insert(exchange_.leaving);
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

  // A division that is safe for one value may not be for another.
  static bool canCopy(const Instruction& instruction) {
    return isa<llvm::BinaryOperator, llvm::GetElementPtrInst, llvm::ZExtInst, llvm::TruncInst>(
               instruction) &&
           !instruction.isIntDivRem() && !instruction.getType()->isVectorTy();
  }

  void prefetch(Value* pointer) {
    // Many accesses to one row are one prefetch.
    std::optional<Ahead> ahead = aheadOf(pointer->stripInBoundsConstantOffsets());
    if (!ahead || !isa<Instruction>(ahead->begin) || !prefetched_.insert(ahead->begin)) return;
    for (uint64_t at = 0; at == 0 || at < std::min(ahead->span, kMaxLines * kLine); at += kLine) {
      Value* line =
          at == 0 ? ahead->begin : builder_.CreatePtrAdd(ahead->begin, builder_.getInt64(at));
      builder_.CreateIntrinsic(
          llvm::Intrinsic::prefetch, {line->getType()},
          {line, builder_.getInt32(0), builder_.getInt32(3), builder_.getInt32(1)});
    }
  }

  std::optional<Ahead> aheadOf(Value* value) {
    auto [known, isNew] = known_.try_emplace(value);
    if (isNew) {
      std::optional<Ahead> ahead = workOut(value);
      known_[value] = ahead;
      return ahead;
    }
    return known->second;
  }

  std::optional<Ahead> workOut(Value* value) {
    if (value == exchange_.leaving) return Ahead{exchange_.entering->getValueOperand(), 0};
    auto* instruction = dyn_cast<Instruction>(value);
    if (instruction == nullptr) return Ahead{value, 0};
    if (derived_.contains(value)) return copyOf(*instruction);
    if (dominators_.dominates(instruction, exchange_.entering)) return Ahead{value, 0};
    return withinRow(value);
  }

  // A small number that is not known yet.
  std::optional<Ahead> withinRow(Value* value) const {
    if (!value->getType()->isIntegerTy()) return std::nullopt;
    uint64_t most = llvm::computeKnownBits(value, layout_).getMaxValue().getLimitedValue();
    if (most >= kMaxRow) return std::nullopt;
    return Ahead{llvm::ConstantInt::get(value->getType(), 0), most};
  }

  std::optional<Ahead> copyOf(Instruction& original) {
    llvm::SmallVector<Value*, 2> operands;
    llvm::SmallVector<uint64_t, 2> spans;
    for (Value* operand : original.operands()) {
      std::optional<Ahead> ahead = aheadOf(operand);
      if (!ahead) return std::nullopt;
      operands.push_back(ahead->begin);
      spans.push_back(ahead->span);
    }
    std::optional<uint64_t> span = spanOf(original, spans);
    if (!span || *span > kMaxRow) return std::nullopt;
    return Ahead{copyWith(original, operands), *span};
  }

  // How much the result may grow if the operands grow by `spans`.
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

  Value* copyWith(Instruction& original, llvm::ArrayRef<Value*> operands) {
    Instruction* copy = builder_.Insert(original.clone());
    for (auto [i, operand] : llvm::enumerate(operands)) copy->setOperand(i, operand);
    // What holds of one value need not hold of another.
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

  const Exchange& exchange_;
  const llvm::DominatorTree& dominators_;
  const llvm::DataLayout& layout_;
  llvm::IRBuilder<> builder_;
  llvm::SmallSetVector<Value*, 16> derived_;
  llvm::SmallSetVector<Value*, 8> pointers_;
  llvm::SmallSetVector<Value*, 4> prefetched_;
  llvm::DenseMap<Value*, std::optional<Ahead>> known_;
  llvm::SmallVector<Instruction*, 16> copies_;
};

}  // namespace

llvm::PreservedAnalyses RingBufferPrefetch::run(llvm::Function& function,
                                                llvm::FunctionAnalysisManager& analyses) {
  if (!function.hasFnAttribute(kHeadroomAttribute)) return llvm::PreservedAnalyses::all();
  llvm::SmallVector<Exchange> exchanges = exchangesIn(function);
  if (exchanges.empty()) return llvm::PreservedAnalyses::all();
  const auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  bool hasChanged = false;
  for (const Exchange& exchange : exchanges) hasChanged |= Prefetcher(exchange, dominators).run();
  if (!hasChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
