#include "compiler/codegen/passes/equal_loads.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/IR/InstIterator.h>

#include "compiler/codegen/abi_lowering.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::isa;
using llvm::LoadInst;
using llvm::SCEV;
using llvm::Value;

namespace {

// What is followed back from an operand before giving up.
constexpr unsigned kMaxValues = 64;

// The same for addresses that are equal unless an index wraps at 2^32, which is known of one index
// sooner than of another.
const SCEV* lowAddress(LoadInst& load, llvm::ScalarEvolution& evolution) {
  const SCEV* address = evolution.getPtrToIntExpr(evolution.getSCEV(load.getPointerOperand()),
                                                  llvm::Type::getInt64Ty(load.getContext()));
  return evolution.getTruncateExpr(address, llvm::Type::getInt32Ty(load.getContext()));
}

}  // namespace

EqualLoads::EqualLoads(llvm::Function& function, const llvm::LoopInfo& loops,
                       llvm::ScalarEvolution& evolution)
    : loops_(loops) {
  llvm::DenseMap<const SCEV*, const LoadInst*> firsts;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    auto* load = dyn_cast<LoadInst>(&instruction);
    if (load == nullptr || loops.getLoopFor(load->getParent()) == nullptr ||
        !AbiLowering::isInScope(*load, Scope::Memory)) {
      continue;
    }
    const SCEV* address = lowAddress(*load, evolution);
    auto [first, isNew] = firsts.try_emplace(address, load);
    if (isNew) continue;
    addresses_[first->second] = address;
    addresses_[load] = address;
  }
}

bool EqualLoads::mayCancel(const LoadInst& load, const llvm::Use& use) const {
  const SCEV* address = addresses_.lookup(&load);
  if (address == nullptr) return false;
  auto* user = llvm::cast<llvm::Instruction>(use.getUser());
  // Other phis become selects, whose conditions are other branches'.
  if (isa<llvm::PHINode>(user)) return !loops_.isLoopHeader(user->getParent());

  llvm::SmallPtrSet<const Value*, 16> seen{use.get()};
  llvm::SmallVector<const Value*> pending(user->operand_values());
  while (!pending.empty()) {
    const Value* value = pending.pop_back_val();
    auto* computed = dyn_cast<llvm::Instruction>(value);
    if (computed == nullptr || !seen.insert(value).second) continue;
    if (seen.size() > kMaxValues) return true;
    if (value != &load && addresses_.lookup(value) == address) return true;
    if (!isa<llvm::CallBase>(computed)) llvm::append_range(pending, computed->operand_values());
  }
  return false;
}

}  // namespace codegen
