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

// To bound the search for what is made later.
constexpr size_t kMaxBlocks = 64;

// In the module; 0 where it is not known, as of marks that were merged.
unsigned offsetOf(const AccessMark& mark) {
  const llvm::DebugLoc& location = mark.call->getDebugLoc();
  return location ? location.getLine() : 0;
}

// Bytes at a constant distance from a pointer.
struct Place {
  Value* base;
  int64_t begin;
  int64_t end;
};

Place placeOf(Value* pointer, uint64_t bytes, const llvm::DataLayout& layout) {
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

// Whether `isTrue` of all that `value` may be, through phis.
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

// Whether `base` is a memory's, or an index that is not negative from there: then what comes before
// something that is in bounds is in bounds as well.
bool isElement(const Value* base, const llvm::DataLayout& layout) {
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

// What is seen of a guest that stops there.
bool isVisible(const Instruction& instruction) {
  if (isa<llvm::LoadInst, llvm::StoreInst, llvm::IntrinsicInst>(instruction)) return false;
  return isa<llvm::ReturnInst, llvm::UnreachableInst>(instruction) ||
         instruction.mayHaveSideEffects();
}

class Checker {
 public:
  Checker(llvm::Function& function, const llvm::DominatorTree& dominators)
      : layout_(function.getDataLayout()), dominators_(dominators) {
    for (Instruction& instruction : llvm::instructions(function)) {
      if (std::optional<Place> place = accessed(instruction)) {
        accesses_[place->base].push_back({&instruction, *place});
      }
    }
  }

  // Whether something stands for `mark`, which is then named.
  bool check(const AccessMark& mark) {
    Place place = placeOf(mark.address, mark.bytes, layout_);
    const Instruction* found = madeBefore(*mark.call, place);
    if (found == nullptr) found = madeAfter(*mark.call, place);
    if (found == nullptr) return false;
    if (unsigned offset = offsetOf(mark)) names_[found].insert(offset);
    return true;
  }

  void writeNames() {
    for (auto& [instruction, offsets] : names_) {
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
    Place place;
  };

  // Blocks, with what is made on all ways from their start; null also while that is searched for.
  using Visited = llvm::SmallDenseMap<const BasicBlock*, const Instruction*, 8>;

  std::optional<Place> accessed(Instruction& instruction) const {
    if (!isa<llvm::StoreInst>(instruction) && asTrappingLoad(instruction) == nullptr) {
      return std::nullopt;
    }
    return placeOf(llvm::getLoadStorePointerOperand(&instruction),
                   layout_.getTypeStoreSize(llvm::getLoadStoreType(&instruction)), layout_);
  }

  bool reaches(const Place& made, const Place& wanted) const {
    return made.base == wanted.base && made.end >= wanted.end &&
           (made.begin <= wanted.begin || (wanted.begin >= 0 && isElement(wanted.base, layout_)));
  }

  const Instruction* madeBefore(const Instruction& position, const Place& place) const {
    auto found = accesses_.find(place.base);
    if (found != accesses_.end()) {
      for (const Access& access : found->second) {
        if (reaches(access.place, place) && dominators_.dominates(access.instruction, &position)) {
          return access.instruction;
        }
      }
    }
    auto* phi = dyn_cast<llvm::PHINode>(place.base);
    return phi == nullptr ? nullptr : madeBeforePhi(*phi, place);
  }

  // Of what each of its values is; one of what is found.
  const Instruction* madeBeforePhi(const llvm::PHINode& phi, const Place& place) const {
    const Instruction* made = nullptr;
    for (unsigned i = 0; i < phi.getNumIncomingValues(); ++i) {
      Place incoming = placeOf(phi.getIncomingValue(i), 0, layout_);
      if (isa<llvm::PHINode>(incoming.base)) return nullptr;
      incoming.begin += place.begin;
      incoming.end += place.end;
      made = madeBefore(*phi.getIncomingBlock(i)->getTerminator(), incoming);
      if (made == nullptr) return nullptr;
    }
    return made;
  }

  const Instruction* madeAfter(Instruction& mark, const Place& place) const {
    Visited visited;
    return madeFrom(mark.getIterator(), place, visited);
  }

  // On all ways from `position`; one of what is found.
  const Instruction* madeFrom(BasicBlock::iterator position, const Place& place,
                              Visited& visited) const {
    BasicBlock* block = position->getParent();
    for (Instruction& instruction : llvm::make_range(position, block->end())) {
      std::optional<Place> made = accessed(instruction);
      if (made && reaches(*made, place)) return &instruction;
      if (isVisible(instruction)) return nullptr;
    }
    const Instruction* found = nullptr;
    for (BasicBlock* next : llvm::successors(block)) {
      auto [known, isNew] = visited.insert({next, nullptr});
      found = known->second;
      if (isNew && visited.size() <= kMaxBlocks) {
        found = madeFromStart(*next, *block, place, visited);
        visited[next] = found;
      }
      if (found == nullptr) return nullptr;
    }
    return found;
  }

  // Where code has been merged, the address may be a phi of what it was before.
  const Instruction* madeFromStart(BasicBlock& block, BasicBlock& before, const Place& place,
                                   Visited& visited) const {
    for (llvm::PHINode& phi : block.phis()) {
      Place incoming = placeOf(phi.getIncomingValueForBlock(&before), 0, layout_);
      if (incoming.base != place.base) continue;
      Place translated{&phi, place.begin - incoming.begin, place.end - incoming.begin};
      Visited tried = visited;
      const Instruction* found = madeFrom(block.begin(), translated, tried);
      if (found != nullptr) return found;
    }
    return madeFrom(block.begin(), place, visited);
  }

  const llvm::DataLayout& layout_;
  const llvm::DominatorTree& dominators_;
  llvm::DenseMap<const Value*, llvm::SmallVector<Access, 2>> accesses_;
  llvm::MapVector<const Instruction*, llvm::SmallSetVector<unsigned, 2>> names_;
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
  checker.writeNames();
  for (const AccessMark& mark : marks) {
    mark.call->eraseFromParent();
    llvm::RecursivelyDeleteTriviallyDeadInstructions(mark.address);
  }
  return llvm::PreservedAnalyses::none();
}

}  // namespace codegen
