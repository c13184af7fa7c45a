#include "compiler/codegen/passes/scalar/indirectbr_dispatch.h"

#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/KnownBits.h>
#include <llvm/Transforms/Utils/Local.h>

#include "compiler/codegen/target/llvm_process.h"

namespace codegen {

using llvm::BasicBlock;
using llvm::SwitchInst;
using llvm::Value;

namespace {

// With fewer targets, or fewer blocks that branch back, the loop is hardly an interpreter.
constexpr size_t kMinTargets = 8;
constexpr size_t kMinCopies = 4;
// Tail duplication before register allocation copies up to 20 machine instructions.
constexpr size_t kMaxInstructions = 16;
// Tail duplication after register allocation copies up to 10 instructions, of which the table
// lookup takes 5. It has no limit on targets.
constexpr size_t kMaxLateInstructions = 5;
// A table begins at selector 0 if that adds at most this many entries, which saves a subtraction.
constexpr uint64_t kMaxLeadingEntries = 16;
constexpr uint64_t kMaxTableEntries = 1024;
constexpr uint64_t kMaxCompleteTableEntries = 256;

using Targets = llvm::SmallVector<BasicBlock*, 128>;

// The selectors for which a table has an entry.
struct Span {
  llvm::APInt first;
  uint64_t count;
  bool isComplete;  // the selector has no other value
};

Targets distinctTargets(SwitchInst& dispatch) {
  llvm::SmallPtrSet<BasicBlock*, 32> seen;
  Targets targets;
  for (BasicBlock* target : llvm::successors(dispatch.getParent())) {
    if (seen.insert(target).second) targets.push_back(target);
  }
  return targets;
}

// Returns true for a block with nothing but phis and a branch, such as the single latch that
// LoopSimplify creates.
bool isEmptyForwarder(const BasicBlock& block) {
  return block.getSingleSuccessor() != nullptr &&
         &*block.getFirstNonPHIOrDbg() == block.getTerminator();
}

// The number of edges to the dispatch, empty forwarders skipped.
struct Entries {
  size_t all = 0;
  size_t copied = 0;  // from blocks that branch nowhere else; the back end gives these a copy
};

Entries entriesOf(const BasicBlock& dispatch) {
  Entries entries;
  auto add = [&](const BasicBlock* from) {
    entries.all += 1;
    if (from->getSingleSuccessor() != nullptr) entries.copied += 1;
  };
  for (const BasicBlock* from : llvm::predecessors(&dispatch)) {
    if (isEmptyForwarder(*from)) {
      llvm::for_each(llvm::predecessors(from), add);
    } else {
      add(from);
    }
  }
  return entries;
}

// Lets the predecessors of empty forwarders branch to the dispatch themselves.
void removeForwarders(BasicBlock& dispatch) {
  for (BasicBlock* from : llvm::to_vector(llvm::predecessors(&dispatch))) {
    if (isEmptyForwarder(*from)) llvm::TryToSimplifyUncondBranchFromEmptyBlock(from);
  }
}

bool canBeCopied(const BasicBlock& block, size_t maxInstructions) {
  size_t count = std::distance(block.getFirstNonPHIIt(), block.end());
  return count <= maxInstructions && llvm::none_of(block, [](const llvm::Instruction& instruction) {
           return llvm::isa<llvm::CallBase, llvm::AllocaInst>(instruction);
         });
}

// Returns nothing if the table would be too large or too sparse.
std::optional<Span> spanOf(SwitchInst& dispatch) {
  llvm::KnownBits known =
      llvm::computeKnownBits(dispatch.getCondition(), dispatch.getModule()->getDataLayout());
  if (known.getMaxValue().ult(kMaxCompleteTableEntries)) {
    return Span{llvm::APInt(known.getBitWidth(), 0), known.getMaxValue().getZExtValue() + 1, true};
  }
  if (known.getBitWidth() <= llvm::Log2_64(kMaxTableEntries)) return std::nullopt;
  llvm::APInt first = dispatch.case_begin()->getCaseValue()->getValue();
  llvm::APInt last = first;
  for (auto branch : dispatch.cases()) {
    const llvm::APInt& value = branch.getCaseValue()->getValue();
    if (value.slt(first)) first = value;
    if (value.sgt(last)) last = value;
  }
  if (first.ule(kMaxLeadingEntries)) first = llvm::APInt(first.getBitWidth(), 0);
  uint64_t count = (last - first).getLimitedValue(kMaxTableEntries) + 1;
  bool isDense = count <= kMaxTableEntries && count <= 4 * dispatch.getNumCases();
  return isDense ? std::optional(Span{first, count, false}) : std::nullopt;
}

// Returns true if `dispatch` looks like that of an interpreter and the back end will copy it.
bool isCentralDispatch(SwitchInst& dispatch, const llvm::LoopInfo& loops) {
  const BasicBlock& block = *dispatch.getParent();
  if (loops.getLoopFor(&block) == nullptr) return false;
  size_t targets = distinctTargets(dispatch).size();
  Entries entries = entriesOf(block);
  if (targets < kMinTargets || entries.copied < kMinCopies) return false;
  bool isLarge = targets > kMaxTailDuplicationFan && entries.all > kMaxTailDuplicationFan;
  return canBeCopied(block, isLarge ? kMaxLateInstructions : kMaxInstructions);
}

// Creates the table of block addresses.
llvm::GlobalVariable* makeTable(SwitchInst& dispatch, const Span& span) {
  llvm::Module& module = *dispatch.getModule();
  auto* type = llvm::ArrayType::get(llvm::PointerType::getUnqual(module.getContext()),
                                    span.count + (span.isComplete ? 0 : 1));
  auto* table = new llvm::GlobalVariable(module, type, true, llvm::GlobalValue::PrivateLinkage,
                                         nullptr, "dispatch");
  table->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  auto entryOf = [](BasicBlock* target) -> llvm::Constant* {
    return llvm::BlockAddress::get(target);
  };
  std::vector<llvm::Constant*> entries(type->getNumElements(), entryOf(dispatch.getDefaultDest()));
  for (auto branch : dispatch.cases()) {
    llvm::APInt index = branch.getCaseValue()->getValue() - span.first;
    if (index.ult(span.count)) entries[index.getZExtValue()] = entryOf(branch.getCaseSuccessor());
  }
  table->setInitializer(llvm::ConstantArray::get(type, entries));
  return table;
}

Value* tableIndex(llvm::IRBuilder<>& builder, Value* selector, const Span& span) {
  Value* index = selector;
  if (!span.first.isZero()) index = builder.CreateSub(index, builder.getInt(span.first));
  if (!span.isComplete) {
    Value* beyond = llvm::ConstantInt::get(index->getType(), span.count);
    index = builder.CreateBinaryIntrinsic(llvm::Intrinsic::umin, index, beyond);
  }
  return builder.CreateZExtOrTrunc(index, builder.getInt64Ty());
}

// Removes the duplicate edges of the phis: the `switch` had an edge for each case, the `indirectbr`
// has one for each target.
void keepOneEdge(BasicBlock* target, const BasicBlock* from) {
  for (llvm::PHINode& phi : target->phis()) {
    bool isFirst = true;
    phi.removeIncomingValueIf(
        [&](unsigned i) {
          if (phi.getIncomingBlock(i) != from) return false;
          return !std::exchange(isFirst, false);
        },
        false);
  }
}

void jumpThroughTable(SwitchInst& dispatch, const Span& span) {
  BasicBlock* block = dispatch.getParent();
  llvm::GlobalVariable* table = makeTable(dispatch, span);
  Targets targets = distinctTargets(dispatch);
  llvm::IRBuilder<> builder(&dispatch);
  Value* index = tableIndex(builder, dispatch.getCondition(), span);
  Value* at = builder.CreateInBoundsGEP(builder.getPtrTy(), table, index);
  llvm::LoadInst* address = builder.CreateLoad(builder.getPtrTy(), at);
  address->setMetadata(llvm::LLVMContext::MD_invariant_load,
                       llvm::MDNode::get(builder.getContext(), {}));
  llvm::IndirectBrInst* jump = builder.CreateIndirectBr(address, targets.size());
  for (BasicBlock* target : targets) {
    jump->addDestination(target);
    keepOneEdge(target, block);
  }
  dispatch.eraseFromParent();
}

}  // namespace

llvm::PreservedAnalyses IndirectbrDispatch::run(llvm::Function& function,
                                                llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  llvm::SmallVector<std::pair<SwitchInst*, Span>> found;
  for (BasicBlock& block : function) {
    auto* dispatch = llvm::dyn_cast<SwitchInst>(block.getTerminator());
    if (dispatch == nullptr || !isCentralDispatch(*dispatch, loops)) continue;
    if (std::optional<Span> span = spanOf(*dispatch)) found.emplace_back(dispatch, *span);
  }
  for (auto& [dispatch, span] : found) {
    removeForwarders(*dispatch->getParent());
    jumpThroughTable(*dispatch, span);
  }
  return found.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace codegen
