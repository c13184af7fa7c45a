#include "compiler/codegen/passes/fuel/drop_fuel_stores.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/PostOrderIterator.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/passes/analysis/fuel_check.h"
#include "compiler/codegen/passes/analysis/runtime_calls.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::Instruction;

bool isFuelStore(const Instruction& instruction) {
  auto* store = llvm::dyn_cast<llvm::StoreInst>(&instruction);
  return store != nullptr && !store->isVolatile() && AbiLowering::isInScope(*store, Scope::Fuel);
}

bool readsFuel(const Instruction& instruction) {
  if (llvm::isa<llvm::LoadInst>(instruction)) {
    return AbiLowering::isInScope(instruction, Scope::Fuel);
  }
  if (llvm::isa<llvm::ReturnInst>(instruction)) return true;
  auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  if (call == nullptr || call->isInlineAsm()) return false;
  if (auto* intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(call)) {
    return intrinsic->getIntrinsicID() == llvm::Intrinsic::ubsantrap;
  }
  const char* const kWithoutFuel[] = {kFuelCheck, kNewObject, kNewArray, kStoreReference};
  return llvm::none_of(kWithoutFuel, [&](const char* name) { return isCallOf(instruction, name); });
}

// Where the fuel that is stored may be read.
class Liveness {
 public:
  explicit Liveness(llvm::Function& function) {
    bool hasChanged = true;
    while (hasChanged) {
      hasChanged = false;
      for (BasicBlock* block : llvm::post_order(&function)) {
        bool isLive = atEnd(*block);
        for (const Instruction& instruction : llvm::reverse(*block)) step(instruction, isLive);
        bool& known = atStart_[block];
        hasChanged |= known != isLive;
        known = isLive;
      }
    }
  }

  bool atEnd(BasicBlock& block) const {
    return llvm::any_of(llvm::successors(&block),
                        [&](BasicBlock* next) { return atStart_.lookup(next); });
  }

  // Makes what holds behind an instruction what holds before it.
  static void step(const Instruction& instruction, bool& isLive) {
    if (isFuelStore(instruction)) isLive = false;
    if (readsFuel(instruction)) isLive = true;
  }

 private:
  llvm::DenseMap<const BasicBlock*, bool> atStart_;
};

}  // namespace

llvm::PreservedAnalyses DropFuelStores::run(llvm::Function& function,
                                            llvm::FunctionAnalysisManager&) {
  if (llvm::none_of(llvm::instructions(function), isFuelStore)) {
    return llvm::PreservedAnalyses::all();
  }
  Liveness liveness(function);
  llvm::SmallVector<Instruction*> dead;
  for (BasicBlock* block : llvm::post_order(&function)) {
    bool isLive = liveness.atEnd(*block);
    for (Instruction& instruction : llvm::reverse(*block)) {
      if (!isLive && isFuelStore(instruction)) dead.push_back(&instruction);
      Liveness::step(instruction, isLive);
    }
  }
  for (Instruction* store : dead) store->eraseFromParent();
  if (dead.empty()) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
