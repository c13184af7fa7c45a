#include "compiler/codegen/cost/function_shape.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/DepthFirstIterator.h>
#include <llvm/ADT/PostOrderIterator.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/Transforms/Utils/PromoteMemToReg.h>

#include <algorithm>
#include <utility>

namespace codegen {

using llvm::BasicBlock;
using llvm::dyn_cast;
using llvm::Instruction;
using llvm::isa;
using llvm::Value;

namespace {

// The upper limit of all measures, far beyond the budget, so that sums do not overflow.
constexpr uint64_t kMost = uint64_t{1} << 44;

void grow(uint64_t& sum, uint64_t by) { sum = std::min(sum + std::min(by, kMost), kMost); }

// `count` is less than 2^32, since each of the things that are counted takes at least a byte.
uint64_t square(uint64_t count) { return count * count; }

// A value may depend on a chain of this many loops without its SCEV expression becoming large.
constexpr uint32_t kShortLoopChain = 3;

llvm::SmallVector<llvm::AllocaInst*> locals(llvm::Function& function) {
  llvm::SmallVector<llvm::AllocaInst*> locals;
  for (Instruction& instruction : function.getEntryBlock()) {
    auto* slot = dyn_cast<llvm::AllocaInst>(&instruction);
    if (slot != nullptr && llvm::isAllocaPromotable(slot)) locals.push_back(slot);
  }
  return locals;
}

// Visits a function in SSA form once, in the order in which its blocks were created. Operands come
// before their users, except for loop-carried values.
class Measurer {
 public:
  Measurer(llvm::Function& function, const llvm::DominatorTree& dominators)
      : function_(function), dominators_(dominators), loops_(dominators) {
    dominators.updateDFSNumbers();
  }

  FunctionShape measure() {
    number();
    for (llvm::BasicBlock& block : function_) measure(block);
    for (const llvm::Loop* loop : loops_.getLoopsInPreorder()) {
      llvm::SmallVector<llvm::BasicBlock*> latches;
      loop->getLoopLatches(latches);
      ++shape_.loops;
      grow(shape_.continues, square(latches.size()));
    }
    for (auto [loop, count] : exits_) grow(shape_.exits, square(count));
    grow(shape_.divisions, square(divisions_));
    grow(shape_.allCalls, square(allCalls_));
    grow(shape_.overflows, square(countOverflows()));
    for (const auto& [key, computation] : computations_) {
      grow(shape_.repetitions, square(computation.blocks));
    }
    shape_.instructions = places_.size();
    for (auto [value, count] : conditions_) grow(shape_.conditions, square(count));
    return shape_;
  }

 private:
  // The largest numbers of phis, and of phis in loop headers, on a chain of dependences to a value.
  struct Ways {
    uint32_t phis = 0;
    uint32_t loops = 0;

    void extendTo(const Ways& other) {
      phis = std::max(phis, other.phis);
      loops = std::max(loops, other.loops);
    }
  };

  // An operation on at most two values, which are given by their numbers in `numbers_`.
  using Operation = std::pair<uint64_t, uint64_t>;

  struct Computation {
    uint32_t number;
    uint64_t blocks;  // that compute it and are not dominated by the previous one
    const llvm::BasicBlock* last;
  };

  // Returns a number that is equal for values computed by the same operation on the same operands,
  // as in GVN, whose time grows with the number of blocks that repeat a computation.
  uint32_t numberOf(const Value* value) {
    return numbers_.try_emplace(value, numbers_.size()).first->second;
  }

  void measureRepetition(const Instruction& instruction) {
    bool isKnown = isa<llvm::BinaryOperator, llvm::CastInst, llvm::CmpInst>(instruction) ||
                   (isa<llvm::GetElementPtrInst>(instruction) && instruction.getNumOperands() == 2);
    if (!isKnown) return;
    uint64_t second =
        instruction.getNumOperands() == 2 ? uint64_t{numberOf(instruction.getOperand(1))} + 1 : 0;
    Operation operation{
        uint64_t{instruction.getOpcode()} << 32 | numberOf(instruction.getOperand(0)), second};
    const llvm::BasicBlock* block = instruction.getParent();
    auto [found, isNew] = computations_.try_emplace(operation, Computation{0, 1, block});
    Computation& computation = found->second;
    if (isNew) {
      computation.number = numberOf(&instruction);
    } else {
      numbers_[&instruction] = computation.number;
      if (dominators_.dominates(computation.last, block)) return;
      ++computation.blocks;
      computation.last = block;
    }
  }

  // Numbers the instructions in order, to measure the distance between a value and its last use.
  void number() {
    uint32_t next = 0;
    for (const Instruction& instruction : llvm::instructions(function_)) {
      places_[&instruction] = ++next;
    }
  }

  void measure(llvm::BasicBlock& block) {
    uint64_t accesses = 0;
    uint64_t calls = 0;
    llvm::SmallDenseMap<const Value*, uint64_t> uses;
    for (Instruction& instruction : block) {
      ways_[&instruction] = waysTo(instruction);
      if (auto* phi = dyn_cast<llvm::PHINode>(&instruction)) measure(*phi);
      measureSpan(instruction);
      measureRepetition(instruction);
      if (isa<llvm::BinaryOperator, llvm::CallBase>(instruction)) {
        for (const Value* operand : instruction.operand_values()) ++uses[operand];
      }
      divisions_ += instruction.isIntDivRem() ? 1 : 0;
      if (instruction.getOpcode() == Instruction::Sub) {
        differences_.insert({instruction.getOperand(0), instruction.getOperand(1)});
      }
      if (isa<llvm::CallBase>(instruction)) {
        ++calls;
        grow(shape_.accesses, square(std::exchange(accesses, 0)));
      } else if (instruction.mayReadOrWriteMemory()) {
        ++accesses;
      }
    }
    grow(shape_.accesses, square(accesses));
    grow(shape_.calls, square(calls));
    allCalls_ += calls;
    grow(shape_.blocks, square(block.size()));
    for (auto [value, count] : uses) {
      if (!isa<llvm::Constant>(value)) grow(shape_.uses, square(count));
    }
    auto* branch = dyn_cast<llvm::BranchInst>(block.getTerminator());
    if (branch != nullptr && branch->isConditional()) countCondition(branch->getCondition());
    countExits(block);
  }

  // Loads and calls end a chain: passes do not look through them.
  Ways waysTo(const Instruction& instruction) {
    Ways ways;
    if (isa<llvm::CallBase>(instruction) || instruction.mayReadOrWriteMemory()) return ways;
    for (const Value* operand : instruction.operand_values()) {
      auto known = ways_.find(operand);
      if (known != ways_.end()) ways.extendTo(known->second);
    }
    if (!isa<llvm::PHINode>(instruction)) return ways;
    bool isLoops = loops_.isLoopHeader(instruction.getParent());
    return {ways.phis + 1, ways.loops + (isLoops ? 1 : 0)};
  }

  void measure(const llvm::PHINode& phi) {
    Ways ways = ways_.lookup(&phi);
    grow(shape_.joins, square(phi.getNumIncomingValues()));
    grow(shape_.chains, ways.phis);
    if (loops_.isLoopHeader(phi.getParent()) && ways.loops > kShortLoopChain) {
      grow(shape_.loopChains, ways.loops - kShortLoopChain);
    }
  }

  // Long live ranges take time in register allocation.
  void measureSpan(const Instruction& value) {
    uint32_t place = places_.lookup(&value);
    uint32_t last = place;
    for (const llvm::User* user : value.users()) last = std::max(last, places_.lookup(user));
    grow(shape_.spans, last - place);
  }

  // Counts the values that a branch on `condition` gives information about: the operands of a
  // comparison, or what they are computed from with a constant.
  void countCondition(const Value* condition) {
    auto* test = dyn_cast<llvm::ICmpInst>(condition);
    if (test == nullptr) return;
    for (const Value* compared : test->operand_values()) {
      auto* computed = dyn_cast<llvm::BinaryOperator>(compared);
      bool isMade = computed != nullptr && isa<llvm::Constant>(computed->getOperand(1));
      const Value* value = isMade ? computed->getOperand(0) : compared;
      if (!isa<llvm::Constant>(value)) ++conditions_[value];
    }
  }

  // LLVM combines a sum or difference and a comparison of it into an operation with an overflow
  // flag, and scans the whole function again after each of these combinations.
  uint64_t countOverflows() {
    uint64_t count = 0;
    for (const Instruction& instruction : llvm::instructions(function_)) {
      auto* test = dyn_cast<llvm::ICmpInst>(&instruction);
      if (test == nullptr || test->isSigned()) continue;
      const Value* left = test->getOperand(0);
      const Value* right = test->getOperand(1);
      bool hasDifference =
          differences_.contains({left, right}) || differences_.contains({right, left});
      if (hasDifference || isSumOf(left, right) || isSumOf(right, left)) ++count;
    }
    return count;
  }

  static bool isSumOf(const Value* value, const Value* term) {
    auto* sum = dyn_cast<llvm::BinaryOperator>(value);
    return sum != nullptr && sum->getOpcode() == Instruction::Add &&
           (sum->getOperand(0) == term || sum->getOperand(1) == term || isa<llvm::Constant>(term));
  }

  void countExits(const llvm::BasicBlock& block) {
    const llvm::Loop* loop = loops_.getLoopFor(&block);
    if (loop == nullptr) return;
    for (const llvm::BasicBlock* next : llvm::successors(&block)) {
      if (!loop->contains(next)) ++exits_[loop];
    }
  }

  llvm::Function& function_;
  const llvm::DominatorTree& dominators_;
  llvm::LoopInfo loops_;
  llvm::DenseMap<const Value*, uint32_t> numbers_;
  llvm::DenseMap<Operation, Computation> computations_;
  FunctionShape shape_;
  llvm::DenseMap<const Value*, uint32_t> places_;
  llvm::DenseMap<const Value*, Ways> ways_;
  llvm::DenseMap<const Value*, uint64_t> conditions_;
  llvm::DenseMap<const llvm::Loop*, uint64_t> exits_;
  uint64_t allCalls_ = 0;
  uint64_t divisions_ = 0;
  llvm::DenseSet<std::pair<const Value*, const Value*>> differences_;  // by their operands
};

// The loops of a function by their headers, like llvm::LoopInfo, but without lists of blocks.
class LoopNest {
 public:
  explicit LoopNest(llvm::Function& function) : dominators_(function) {
    for (const llvm::DomTreeNode* node : llvm::post_order(dominators_.getRootNode())) {
      addLoopOf(node->getBlock());
    }
  }

  // Returns the sum of the depths of all blocks.
  uint64_t depths() {
    uint64_t sum = 0;
    for (const llvm::DomTreeNode* node : llvm::depth_first(dominators_.getRootNode())) {
      sum += depthOf(node->getBlock());
    }
    return sum;
  }

 private:
  // Finds the blocks from which the back edges to `header` can be reached within the loop. Inner
  // loops are known already; the search goes on behind the outermost of them.
  void addLoopOf(const BasicBlock* header) {
    llvm::SmallVector<const BasicBlock*> work;
    for (const BasicBlock* latch : llvm::predecessors(header)) {
      if (dominators_.dominates(header, latch)) work.push_back(latch);
    }
    if (work.empty()) return;
    isHeader_.insert(header);
    while (!work.empty()) {
      const BasicBlock* block = outermost(work.pop_back_val());
      if (block == header || !dominators_.isReachableFromEntry(block)) continue;
      around_[block] = header;
      llvm::append_range(work, llvm::predecessors(block));
    }
  }

  // Returns the header of the outermost known loop around a block, or the block itself. Shortens
  // the way for later calls.
  const BasicBlock* outermost(const BasicBlock* block) {
    const BasicBlock* found = block;
    while (const BasicBlock* next = shortcut(found)) found = next;
    while (block != found) {
      const BasicBlock* next = shortcut(block);
      shortcuts_[block] = found;
      block = next;
    }
    return found;
  }

  const BasicBlock* shortcut(const BasicBlock* block) const {
    const BasicBlock* known = shortcuts_.lookup(block);
    return known != nullptr ? known : around_.lookup(block);
  }

  // The header of the loop around a block dominates it, so that its depth is known.
  uint64_t depthOf(const BasicBlock* block) {
    auto around = around_.find(block);
    uint64_t depth = around == around_.end() ? 0 : depths_.lookup(around->second);
    if (isHeader_.contains(block)) depths_[block] = ++depth;
    return depth;
  }

  llvm::DominatorTree dominators_;
  llvm::DenseMap<const BasicBlock*, const BasicBlock*> around_;  // the header of the next loop
  llvm::DenseMap<const BasicBlock*, const BasicBlock*> shortcuts_;
  llvm::DenseMap<const BasicBlock*, uint64_t> depths_;  // by header
  llvm::DenseSet<const BasicBlock*> isHeader_;
};

}  // namespace

uint64_t promotionSteps(const llvm::Function& function) {
  uint64_t locals = 0;
  for (const Instruction& instruction : function.getEntryBlock()) {
    locals += isa<llvm::AllocaInst>(instruction) ? 1 : 0;
  }
  return locals * (locals + function.size());
}

uint64_t loopSteps(llvm::Function& function) { return LoopNest(function).depths(); }

FunctionShape measureShape(llvm::Function& function) {
  llvm::DominatorTree dominators(function);
  llvm::PromoteMemToReg(locals(function), dominators);
  return Measurer(function, dominators).measure();
}

}  // namespace codegen
