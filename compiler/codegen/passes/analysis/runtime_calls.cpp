#include "compiler/codegen/passes/analysis/runtime_calls.h"

#include <llvm/IR/Attributes.h>
#include <llvm/IR/Instructions.h>

namespace codegen {
namespace {

llvm::Function* declare(llvm::Module& module, const char* name, llvm::FunctionType* type) {
  auto* function = llvm::cast<llvm::Function>(module.getOrInsertFunction(name, type).getCallee());
  function->addFnAttr(llvm::Attribute::NoUnwind);
  function->addFnAttr(llvm::Attribute::WillReturn);
  function->addFnAttr(llvm::Attribute::NoCallback);
  function->addFnAttr(llvm::Attribute::NoFree);
  function->addParamAttr(0, llvm::Attribute::ReadNone);
  function->addParamAttr(
      0, llvm::Attribute::getWithCaptureInfo(module.getContext(), llvm::CaptureInfo::none()));
  return function;
}

}  // namespace

bool isCallOf(const llvm::Instruction& instruction, const char* name) {
  auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  const llvm::Function* callee = call == nullptr ? nullptr : call->getCalledFunction();
  return callee != nullptr && callee->getName() == name;
}

llvm::Function* declareNewObject(llvm::Module& module) {
  if (llvm::Function* known = module.getFunction(kNewObject)) return known;
  llvm::LLVMContext& context = module.getContext();
  auto* pointer = llvm::PointerType::get(context, 0);
  auto* i32 = llvm::Type::getInt32Ty(context);
  auto* i64 = llvm::Type::getInt64Ty(context);
  llvm::Function* function = declare(
      module, kNewObject, llvm::FunctionType::get(pointer, {pointer, i32, i32, i64, i64}, false));
  constexpr unsigned kSize = 3;
  function->addFnAttr(llvm::Attribute::getWithAllocKind(
      context, llvm::AllocFnKind::Alloc | llvm::AllocFnKind::Uninitialized));
  function->addFnAttr(llvm::Attribute::getWithAllocSizeArgs(context, kSize, std::nullopt));
  function->addFnAttr("alloc-family", kNewObject);
  function->setMemoryEffects(llvm::MemoryEffects::inaccessibleMemOnly());
  function->addRetAttr(llvm::Attribute::NoAlias);
  function->addRetAttr(llvm::Attribute::NonNull);
  function->addRetAttr(llvm::Attribute::getWithAlignment(context, llvm::Align(8)));
  return function;
}

llvm::Function* declareThrow(llvm::Module& module) {
  llvm::LLVMContext& context = module.getContext();
  auto* pointer = llvm::PointerType::get(context, 0);
  auto* type = llvm::FunctionType::get(llvm::Type::getVoidTy(context), {pointer, pointer}, false);
  auto* function = llvm::cast<llvm::Function>(module.getOrInsertFunction(kThrow, type).getCallee());
  function->addFnAttr(llvm::Attribute::NoReturn);
  function->addFnAttr(llvm::Attribute::Cold);
  return function;
}

llvm::Function* declareStoreReference(llvm::Module& module) {
  if (llvm::Function* known = module.getFunction(kStoreReference)) return known;
  llvm::LLVMContext& context = module.getContext();
  auto* pointer = llvm::PointerType::get(context, 0);
  llvm::Function* function = declare(
      module, kStoreReference,
      llvm::FunctionType::get(llvm::Type::getVoidTy(context), {pointer, pointer, pointer}, false));
  function->setMemoryEffects(llvm::MemoryEffects::argMemOnly(llvm::ModRefInfo::Mod));
  constexpr unsigned kAddress = 1;
  constexpr unsigned kReference = 2;
  function->addParamAttr(kAddress, llvm::Attribute::WriteOnly);
  function->addParamAttr(kReference, llvm::Attribute::ReadNone);
  return function;
}

}  // namespace codegen
