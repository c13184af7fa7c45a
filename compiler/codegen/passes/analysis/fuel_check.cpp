#include "compiler/codegen/passes/analysis/fuel_check.h"

#include "compiler/codegen/passes/analysis/runtime_calls.h"

namespace codegen {

llvm::Function* declareFuelCheck(llvm::Module& module) {
  if (llvm::Function* known = module.getFunction(kFuelCheck)) return known;
  llvm::LLVMContext& context = module.getContext();
  auto* pointer = llvm::PointerType::get(context, 0);
  auto* type = llvm::FunctionType::get(llvm::Type::getVoidTy(context),
                                       {pointer, llvm::Type::getInt64Ty(context)}, false);
  auto* function =
      llvm::cast<llvm::Function>(module.getOrInsertFunction(kFuelCheck, type).getCallee());
  function->addFnAttr(llvm::Attribute::NoUnwind);
  function->addFnAttr(llvm::Attribute::NoCallback);
  function->addFnAttr(llvm::Attribute::NoFree);
  function->addFnAttr(llvm::Attribute::NoSync);
  function->setMemoryEffects(llvm::MemoryEffects::inaccessibleMemOnly());
  function->addParamAttr(0, llvm::Attribute::ReadNone);
  function->addParamAttr(0,
                         llvm::Attribute::getWithCaptureInfo(context, llvm::CaptureInfo::none()));
  return function;
}

llvm::SmallVector<llvm::CallInst*> fuelChecksIn(llvm::BasicBlock& block) {
  llvm::SmallVector<llvm::CallInst*> checks;
  for (llvm::Instruction& instruction : block) {
    if (isCallOf(instruction, kFuelCheck)) {
      checks.push_back(llvm::cast<llvm::CallInst>(&instruction));
    }
  }
  return checks;
}

llvm::SmallVector<llvm::CallInst*> fuelChecksIn(llvm::Function& function) {
  llvm::SmallVector<llvm::CallInst*> checks;
  for (llvm::BasicBlock& block : function) checks.append(fuelChecksIn(block));
  return checks;
}

}  // namespace codegen
