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

// Three sets of 2^27 bits are 48 MB.
constexpr uint64_t kMaxBits = uint64_t{1} << 27;

// A constant distance, or one scaled by a few bytes, is part of an address.
bool isAddressing(const Value* value) {
  return isa<llvm::GetElementPtrInst, llvm::IntToPtrInst>(value);
}

// Whether a value takes a general register of its own. Conditions are flags.
bool needsRegister(const Value* value) {
  if (!isa<llvm::Instruction, llvm::Argument>(value)) return false;
  if (isa<llvm::AllocaInst>(value) || isAddressing(value)) return false;
  const llvm::Type* type = value->getType();
  return type->isPointerTy() || (type->isIntegerTy() && !type->isIntegerTy(1));
}

// The values that `value` is computed from when it is used, as far as those need registers.
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

bool livesBeyond(const Value* value, const BasicBlock* block) {
  return llvm::any_of(value->users(), [&](const llvm::User* user) {
    auto* instruction = llvm::dyn_cast<llvm::Instruction>(user);
    if (instruction == nullptr) return false;
    if (instruction->getParent() != block || isa<llvm::PHINode>(instruction)) return true;
    return isAddressing(instruction) && livesBeyond(instruction, block);
  });
}

}  // namespace

RegisterPressure::RegisterPressure(llvm::Function& function) {
  number(function);
  if (isTooLarge(function)) return;
  for (BasicBlock& block : function) collect(block);
  propagate(function);
  for (BasicBlock& block : function) blocks_[&block].most = most(block);
}

void RegisterPressure::number(llvm::Function& function) {
  for (llvm::Argument& argument : function.args()) {
    if (needsRegister(&argument)) numbers_.try_emplace(&argument, numbers_.size());
  }
  for (BasicBlock& block : function) {
    for (llvm::Instruction& instruction : block) {
      bool isWide = needsRegister(&instruction) &&
                    (isa<llvm::PHINode>(instruction) || livesBeyond(&instruction, &block));
      if (isWide) numbers_.try_emplace(&instruction, numbers_.size());
    }
  }
}

bool RegisterPressure::isTooLarge(const llvm::Function& function) const {
  return uint64_t{function.size()} * numbers_.size() > kMaxBits;
}

void RegisterPressure::collect(BasicBlock& block) {
  Lifetimes& lifetimes = blocks_[&block];
  for (BitVector* set : {&lifetimes.used, &lifetimes.defined, &lifetimes.liveOut}) {
    set->resize(numbers_.size());
  }
  for (llvm::Instruction& instruction : block) {
    if (!isa<llvm::PHINode>(instruction)) {
      for (const Value* operand : instruction.operands()) {
        forEachRegister(operand, [&](const Value* value) {
          auto known = numbers_.find(value);
          if (known != numbers_.end() && !lifetimes.defined[known->second]) {
            lifetimes.used.set(known->second);
          }
        });
      }
    }
    auto known = numbers_.find(&instruction);
    if (known != numbers_.end()) lifetimes.defined.set(known->second);
  }
}

void RegisterPressure::propagate(llvm::Function& function) {
  std::vector<BasicBlock*> order(llvm::po_begin(&function), llvm::po_end(&function));
  for (bool hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (BasicBlock* block : order) {
      BitVector out = blocks_[block].liveOut;
      for (BasicBlock* next : llvm::successors(block)) {
        const Lifetimes& after = blocks_[next];
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

unsigned RegisterPressure::most(BasicBlock& block) const {
  const BitVector& out = blocks_.find(&block)->second.liveOut;
  llvm::SmallPtrSet<const Value*, 32> local;
  BitVector wide = out;
  unsigned alive = wide.count();
  unsigned most = alive;
  for (llvm::Instruction& instruction : llvm::reverse(block)) {
    auto known = numbers_.find(&instruction);
    if (known != numbers_.end()) {
      alive -= wide[known->second];
      wide.reset(known->second);
    } else {
      alive -= local.erase(&instruction);
    }
    if (isa<llvm::PHINode>(instruction)) break;
    for (const Value* operand : instruction.operands()) {
      forEachRegister(operand, [&](const Value* value) {
        auto number = numbers_.find(value);
        if (number == numbers_.end()) {
          alive += local.insert(value).second;
        } else if (!wide[number->second]) {
          wide.set(number->second);
          ++alive;
        }
      });
    }
    most = std::max(most, alive);
  }
  return most;
}

}  // namespace codegen
