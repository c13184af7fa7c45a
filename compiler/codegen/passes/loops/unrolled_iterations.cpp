#include "compiler/codegen/passes/loops/unrolled_iterations.h"

#include <llvm/Analysis/IVDescriptors.h>
#include <llvm/Analysis/MemoryLocation.h>
#include <llvm/Analysis/VectorUtils.h>
#include <llvm/IR/IntrinsicInst.h>

#include "compiler/codegen/passes/analysis/scev_size.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Instruction;
using llvm::isa;
using llvm::PHINode;
using llvm::SCEV;
using llvm::Value;

namespace {

// Bounds compile time: all pairs of accesses, and of their lanes, are compared.
constexpr size_t kMaxAccesses = 64;

// Bounds compile time: both orders of the operands of a commutative operation are tried, which is
// exponential in the depth of the expression.
constexpr unsigned kMaxComparisons = 4096;

// Returns the size of an accessed element in bytes.

unsigned elementSize(const Instruction& access) {
  return llvm::getLoadStoreType(&access)->getScalarSizeInBits() / 8;
}

bool isVector(const Value* value) { return isa<llvm::FixedVectorType>(value->getType()); }

// Returns true for operations whose order the vectorizer may change.
bool isReduction(const Instruction& step) {
  if (step.getType()->isFloatingPointTy()) return false;
  if (isa<llvm::MinMaxIntrinsic>(step)) return true;
  return step.isAssociative() && step.isCommutative();
}

}  // namespace

const llvm::SCEVAddRecExpr* UnrolledIterations::recurrence(Value* value) const {
  if (!evolution_.isSCEVable(value->getType())) return nullptr;
  auto* recurrence = dyn_cast<llvm::SCEVAddRecExpr>(evolution_.getSCEV(value));
  if (recurrence == nullptr || recurrence->getLoop() != &loop_ || !recurrence->isAffine() ||
      !isSmall(*recurrence)) {
    return nullptr;
  }
  auto* step = dyn_cast<llvm::SCEVConstant>(recurrence->getStepRecurrence(evolution_));
  if (step == nullptr || step->getAPInt().getSignificantBits() > 32) return nullptr;
  return step->getAPInt().getSExtValue() % int64_t{factor()} == 0 ? recurrence : nullptr;
}

Value* UnrolledIterations::plain(Value* value) const {
  if (lanes_ == 1 || !isVector(value)) return value;
  Value* splat = llvm::getSplatValue(value);
  return splat == nullptr ? value : splat;
}

bool UnrolledIterations::find() {
  for (Instruction& instruction : *loop_.getHeader()) {
    if (instruction.mayHaveSideEffects() && !isa<llvm::StoreInst>(instruction)) return false;
    if (isa<llvm::StoreInst>(instruction)) stores_.push_back(&instruction);
  }
  if (stores_.size() % count_ != 0 || !findReductions()) return false;
  for (size_t i = 0; i < stores_.size() / count_; ++i) {
    if (!collect(stores_[i])) return false;
  }
  for (auto [phi, first] : reductions_) {
    if (!collect(first)) return false;
  }
  return matchRoots() && coversAllLoads();
}

// Every header phi must be an induction variable or a reduction.
bool UnrolledIterations::findReductions() {
  for (PHINode& phi : loop_.getHeader()->phis()) {
    if (evolution_.isSCEVable(phi.getType()) &&
        isa<llvm::SCEVAddRecExpr>(evolution_.getSCEV(&phi))) {
      continue;
    }
    if (!findReduction(phi)) return false;
  }
  return true;
}

// A reduction has one operation for each iteration, as in p + x + y, and its intermediate values
// have no other users.
bool UnrolledIterations::findReduction(PHINode& phi) {
  if (lanes_ > 1) return false;
  llvm::SmallVector<Instruction*, 8>& steps = steps_[&phi];
  Value* end = phi.getIncomingValueForBlock(loop_.getLoopLatch());
  Value* current = &phi;
  while (current != end) {
    if (!current->hasOneUse()) return false;
    auto* step = dyn_cast<Instruction>(*current->user_begin());
    if (step == nullptr || !loop_.contains(step) || !isReduction(*step)) return false;
    if (!steps.empty() && step->getOpcode() != steps.front()->getOpcode()) return false;
    if (steps.size() == count_) return false;
    steps.push_back(step);
    current = step;
  }
  if (steps.size() != count_) return false;
  reductions_.insert({&phi, steps.front()});
  return true;
}

// Adds `value` and the instructions of the loop that it depends on to the members. Returns false if
// one of them cannot be part of an iteration.
bool UnrolledIterations::collect(Value* value) {
  llvm::SmallVector<Value*, 16> pending = {value};
  while (!pending.empty()) {
    Value* next = plain(pending.pop_back_val());
    auto* member = dyn_cast<Instruction>(next);
    if (member == nullptr || !loop_.contains(member)) {
      if (isVector(next)) return false;
      continue;
    }
    if (recurrence(member) != nullptr) {
      if (lanes_ > 1) return false;
      continue;
    }
    if (auto* phi = dyn_cast<PHINode>(member)) {
      if (!reductions_.contains(phi)) return false;
      continue;
    }
    if (images_.contains(member)) continue;
    if (!isRepeatable(*member)) return false;
    images_[member].push_back(member);
    if (lanes_ > 1 && llvm::getLoadStorePointerOperand(member) != nullptr) {
      if (auto* store = dyn_cast<llvm::StoreInst>(member)) {
        pending.push_back(store->getValueOperand());
      }
    } else {
      pending.append(member->value_op_begin(), member->value_op_end());
    }
  }
  return true;
}

// Returns true if the instruction may be executed once per iteration of the simpler loop.
bool UnrolledIterations::isRepeatable(const Instruction& instruction) const {
  if (lanes_ > 1 && !isLaneWise(instruction)) return false;
  if (auto* call = dyn_cast<llvm::IntrinsicInst>(&instruction)) {
    return llvm::isTriviallyVectorizable(call->getIntrinsicID()) && !call->mayReadOrWriteMemory();
  }
  if (auto* load = dyn_cast<llvm::LoadInst>(&instruction)) return load->isSimple();
  if (auto* store = dyn_cast<llvm::StoreInst>(&instruction)) return store->isSimple();
  return isa<llvm::BinaryOperator, llvm::UnaryOperator, llvm::CastInst, llvm::CmpInst,
             llvm::SelectInst, llvm::FreezeInst, llvm::GetElementPtrInst>(instruction);
}

// Returns true if lane i of the result depends on lane i of the operands, and on scalars, only.
bool UnrolledIterations::isLaneWise(const Instruction& instruction) const {
  if (llvm::getLoadStorePointerOperand(&instruction) != nullptr) {
    return hasConsecutiveLanes(instruction);
  }
  for (const Value* operand : instruction.operand_values()) {
    auto* type = dyn_cast<llvm::FixedVectorType>(operand->getType());
    if (type != nullptr && type->getNumElements() != lanes_) return false;
  }
  auto* type = dyn_cast<llvm::FixedVectorType>(instruction.getType());
  if (type != nullptr && type->getNumElements() != lanes_) return false;
  if (isa<llvm::CastInst>(instruction))
    return isVector(instruction.getOperand(0)) == isVector(&instruction);
  if (isa<llvm::GetElementPtrInst>(instruction)) return false;
  if (auto* call = dyn_cast<llvm::IntrinsicInst>(&instruction)) {
    return llvm::all_of(call->args(), [&](const llvm::Use& argument) {
      return argument->getType() == call->getType();
    });
  }
  return true;
}

// Returns true if the accessed vectors of consecutive iterations are adjacent in memory, or if the
// access is a load of a loop-invariant scalar.
bool UnrolledIterations::hasConsecutiveLanes(const Instruction& access) const {
  auto* pointer = const_cast<Value*>(llvm::getLoadStorePointerOperand(&access));
  auto* type = dyn_cast<llvm::FixedVectorType>(llvm::getLoadStoreType(&access));
  if (type == nullptr) return isa<llvm::LoadInst>(access) && loop_.isLoopInvariant(pointer);
  const llvm::SCEVAddRecExpr* recurrence = this->recurrence(pointer);
  if (recurrence == nullptr || type->getNumElements() != lanes_) return false;
  auto* step = llvm::cast<llvm::SCEVConstant>(recurrence->getStepRecurrence(evolution_));
  return type->getScalarSizeInBits() % 8 == 0 &&
         step->getAPInt().getSExtValue() == int64_t{factor()} * elementSize(access);
}

// Returns true if `image` is the image of `member` in the given iteration, and records it.
// Addresses and other recurrences match if they have the value of that iteration, however they are
// computed.
bool UnrolledIterations::match(Value* member, Value* image, unsigned iteration) {
  if (++comparisons_ > kMaxComparisons) return false;
  member = plain(member);
  image = plain(image);
  if (loop_.isLoopInvariant(member)) return member == image;
  if (const llvm::SCEVAddRecExpr* first = recurrence(member)) {
    const llvm::SCEVAddRecExpr* second = recurrence(image);
    if (second == nullptr || first->getType() != second->getType()) return false;
    auto* distance = dyn_cast<llvm::SCEVConstant>(evolution_.getMinusSCEV(second, first));
    auto* step = llvm::cast<llvm::SCEVConstant>(first->getStepRecurrence(evolution_));
    if (distance == nullptr || distance->getAPInt().getSignificantBits() > 64) return false;
    return distance->getAPInt().getSExtValue() ==
           step->getAPInt().getSExtValue() / int64_t{count_} * int64_t{iteration};
  }
  if (auto* phi = dyn_cast<PHINode>(member)) {
    auto steps = steps_.find(phi);
    return steps != steps_.end() && steps->second[iteration - 1] == image;
  }
  auto* first = llvm::cast<Instruction>(member);
  auto* second = dyn_cast<Instruction>(image);
  if (second == nullptr || !loop_.contains(second)) return false;
  llvm::SmallVector<Instruction*, 8>& images = images_.find(first)->second;
  if (images.size() > iteration) return images[iteration] == second;
  if (!first->isSameOperationAs(second) || !matchOperands(*first, *second, iteration)) return false;
  images.push_back(second);
  return true;
}

bool UnrolledIterations::matchOperands(Instruction& member, Instruction& image,
                                       unsigned iteration) {
  auto matchOne = [&](unsigned i, unsigned j) {
    return match(member.getOperand(i), image.getOperand(j), iteration);
  };
  unsigned count = member.getNumOperands(), matched = 0;
  if (auto* call = dyn_cast<llvm::CallBase>(&member)) count = call->arg_size();
  if (member.isCommutative() && !matchOne(0, 0)) {
    if (!matchOne(0, 1) || !matchOne(1, 0)) return false;
    matched = 2;
  }
  while (matched < count && matchOne(matched, matched)) ++matched;
  return matched == count;
}

// Matches stores and reductions, the roots of all expressions, with those of the later iterations.
bool UnrolledIterations::matchRoots() {
  size_t perIteration = stores_.size() / count_;
  for (unsigned iteration = 1; iteration < count_; ++iteration) {
    for (size_t i = 0; i < perIteration; ++i) {
      if (!match(stores_[i], stores_[i + iteration * perIteration], iteration)) return false;
    }
    for (auto [phi, first] : reductions_) {
      if (!match(first, steps_[phi][iteration], iteration)) return false;
    }
  }
  return llvm::all_of(images_, [&](auto& entry) { return entry.second.size() == count_; });
}

// Returns true if each load of the body belongs to an iteration. Other loads would have to be kept.
bool UnrolledIterations::coversAllLoads() const {
  llvm::SmallPtrSet<const Instruction*, 32> wanted;
  for (const auto& [member, images] : images_) wanted.insert(images.begin(), images.end());
  return llvm::all_of(*loop_.getHeader(), [&](const Instruction& instruction) {
    return !instruction.mayReadFromMemory() || wanted.contains(&instruction);
  });
}

llvm::SmallVector<Instruction*, 32> UnrolledIterations::members() const {
  llvm::SmallVector<Instruction*, 32> members;
  for (Instruction& instruction : *loop_.getHeader()) {
    if (images_.contains(&instruction)) members.push_back(&instruction);
  }
  return members;
}

Instruction* UnrolledIterations::memberOfLast(const Value* value) const {
  for (const auto& [member, images] : images_) {
    if (lanes_ == 1 && images.back() == value) return member;
  }
  return nullptr;
}

llvm::SmallVector<UnrolledIterations::Access, 32> UnrolledIterations::accesses() const {
  llvm::SmallVector<Access, 32> accesses;
  for (auto [position, member] : llvm::enumerate(members())) {
    if (llvm::getLoadStorePointerOperand(member) == nullptr) continue;
    for (auto [iteration, image] : llvm::enumerate(images(member))) {
      const SCEV* address = evolution_.getSCEV(llvm::getLoadStorePointerOperand(image));
      accesses.push_back({image, static_cast<unsigned>(iteration), position, address});
    }
  }
  return accesses;
}

bool UnrolledIterations::isOrdered(llvm::AAResults& aliases) const {
  llvm::SmallVector<Access, 32> all = accesses();
  if (all.size() > kMaxAccesses) return false;
  if (!llvm::all_of(all, [](const Access& access) { return isSmall(*access.address); }))
    return false;
  for (const Access& before : all) {
    for (const Access& after : all) {
      if (!before.isStore() && !after.isStore()) continue;
      if (before.instruction == after.instruction) continue;
      if (!before.instruction->comesBefore(after.instruction)) continue;
      if (!keepsOrder(before, after, aliases)) return false;
    }
  }
  return true;
}

// Returns true if `before` and `after`, which are in this order in the body, are in the same order
// in the simpler loop, or access different memory in all lanes that change their order.
bool UnrolledIterations::keepsOrder(const Access& before, const Access& after,
                                    llvm::AAResults& aliases) const {
  auto* distance =
      dyn_cast<llvm::SCEVConstant>(evolution_.getMinusSCEV(after.address, before.address));
  bool isKnown = distance != nullptr && distance->getAPInt().getSignificantBits() <= 32;
  for (unsigned i = 0; i < lanes_; ++i) {
    for (unsigned j = 0; j < lanes_; ++j) {
      bool isSwapped = std::tuple(after.iteration, j, after.position) <
                       std::tuple(before.iteration, i, before.position);
      if (!isSwapped) continue;
      if (!isKnown) {
        return aliases.isNoAlias(llvm::MemoryLocation::get(before.instruction),
                                 llvm::MemoryLocation::get(after.instruction));
      }
      if (overlaps(before, i, after, j, distance->getAPInt().getSExtValue())) return false;
    }
  }
  return true;
}

// Returns true if the two lanes overlap. `distance` is the address of `after` minus that of
// `before`, in bytes.
bool UnrolledIterations::overlaps(const Access& before, unsigned laneBefore, const Access& after,
                                  unsigned laneAfter, int64_t distance) const {
  auto offset = [](const Access& access, unsigned lane) {
    bool isWide = llvm::getLoadStoreType(access.instruction)->isVectorTy();
    return isWide ? int64_t{lane} * elementSize(*access.instruction) : int64_t{0};
  };
  int64_t first = offset(before, laneBefore);
  int64_t second = distance + offset(after, laneAfter);
  return first < second + elementSize(*after.instruction) &&
         second < first + elementSize(*before.instruction);
}

}  // namespace codegen
