#include "compiler/codegen/passes/analysis/register_pressure.h"

#include <llvm/ADT/PostOrderIterator.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/Instructions.h>

namespace codegen {

using llvm::BasicBlock;
using llvm::BitVector;
using llvm::isa;
using llvm::Value;

namespace {

// Bounds the bits of each of the three sets; 3 * 2^27 bits are 48 MiB.
constexpr uint64_t kMaxBits = uint64_t{1} << 27;

// Such values are assumed to be part of the addressing modes of their users.
bool isAddressing(const Value* value) {
  return isa<llvm::GetElementPtrInst, llvm::IntToPtrInst>(value);
}

// Returns true if a value needs a general-purpose register. Conditions (i1) are in the flags.
bool needsRegister(const Value* value) {
  if (!isa<llvm::Instruction, llvm::Argument>(value)) return false;
  if (isa<llvm::AllocaInst>(value) || isAddressing(value)) return false;
  const llvm::Type* type = value->getType();
  return type->isPointerTy() || (type->isIntegerTy() && !type->isIntegerTy(1));
}

// Calls `visit` for `value`, or for the operands that need registers if `value` is an addressing
// mode.
template <class Visit>
void forEachRegister(const Value* value, Visit visit) {
  if (needsRegister(value)) {
    visit(value);
  } else if (isAddressing(value)) {
    for (const Value* operand : llvm::cast<llvm::User>(value)->operands()) {
      forEachRegister(operand, visit);
    }
  }
}

// Returns true if `value` is used in another block or by a phi, directly or in an addressing mode.
bool isLiveOut(const Value* value, const BasicBlock* block) {
  return llvm::any_of(value->users(), [&](const llvm::User* user) {
    auto* instruction = llvm::dyn_cast<llvm::Instruction>(user);
    if (instruction == nullptr) return false;
    if (instruction->getParent() != block || isa<llvm::PHINode>(instruction)) return true;
    return isAddressing(instruction) && isLiveOut(instruction, block);
  });
}

}  // namespace

RegisterPressure::RegisterPressure(llvm::Function& function) {
  number(function);
  if (isTooLarge(function)) return;
  for (BasicBlock& block : function) collect(block);
  propagate(function);
  for (BasicBlock& block : function) blocks_[&block].pressure = pressureOf(block);
}

// Numbers the values that are live across blocks. Others need no liveness sets.
void RegisterPressure::number(llvm::Function& function) {
  for (llvm::Argument& argument : function.args()) {
    if (needsRegister(&argument)) numbers_.try_emplace(&argument, numbers_.size());
  }
  for (BasicBlock& block : function) {
    for (llvm::Instruction& instruction : block) {
      bool isGlobal = needsRegister(&instruction) &&
                      (isa<llvm::PHINode>(instruction) || isLiveOut(&instruction, &block));
      if (isGlobal) numbers_.try_emplace(&instruction, numbers_.size());
    }
  }
}

bool RegisterPressure::isTooLarge(const llvm::Function& function) const {
  return uint64_t{function.size()} * numbers_.size() > kMaxBits;
}

void RegisterPressure::collect(BasicBlock& block) {
  Liveness& liveness = blocks_[&block];
  for (BitVector* set : {&liveness.used, &liveness.defined, &liveness.liveOut}) {
    set->resize(numbers_.size());
  }
  for (llvm::Instruction& instruction : block) {
    if (!isa<llvm::PHINode>(instruction)) {
      for (const Value* operand : instruction.operands()) {
        forEachRegister(operand, [&](const Value* value) {
          auto known = numbers_.find(value);
          if (known != numbers_.end() && !liveness.defined[known->second]) {
            liveness.used.set(known->second);
          }
        });
      }
    }
    auto known = numbers_.find(&instruction);
    if (known != numbers_.end()) liveness.defined.set(known->second);
  }
}

// Backward dataflow analysis: liveOut of a block is the union of its successors' live-in sets, plus
// the values that their phis take from it.
void RegisterPressure::propagate(llvm::Function& function) {
  std::vector<BasicBlock*> order(llvm::po_begin(&function), llvm::po_end(&function));
  for (bool hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (BasicBlock* block : order) {
      BitVector out = blocks_[block].liveOut;
      for (BasicBlock* next : llvm::successors(block)) {
        const Liveness& after = blocks_[next];
        BitVector in = after.liveOut;
        in.reset(after.defined);
        in |= after.used;
        out |= in;
        for (llvm::PHINode& phi : next->phis()) {
          forEachRegister(phi.getIncomingValueForBlock(block),
                          [&](const Value* value) { out.set(numbers_.at(value)); });
        }
      }
      if (out == blocks_[block].liveOut) continue;
      blocks_[block].liveOut = std::move(out);
      hasChanged = true;
    }
  }
}

// Walks the block backwards from its live-out set.
unsigned RegisterPressure::pressureOf(BasicBlock& block) const {
  const BitVector& out = blocks_.find(&block)->second.liveOut;
  llvm::SmallPtrSet<const Value*, 32> locals;
  BitVector globals = out;
  unsigned live = globals.count();
  unsigned pressure = live;
  for (llvm::Instruction& instruction : llvm::reverse(block)) {
    auto known = numbers_.find(&instruction);
    if (known != numbers_.end()) {
      live -= globals[known->second];
      globals.reset(known->second);
    } else {
      live -= locals.erase(&instruction);
    }
    if (isa<llvm::PHINode>(instruction)) break;
    for (const Value* operand : instruction.operands()) {
      forEachRegister(operand, [&](const Value* value) {
        auto number = numbers_.find(value);
        if (number == numbers_.end()) {
          live += locals.insert(value).second;
        } else if (!globals[number->second]) {
          globals.set(number->second);
          ++live;
        }
      });
    }
    pressure = std::max(pressure, live);
  }
  return pressure;
}

}  // namespace codegen
