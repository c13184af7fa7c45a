#include "compiler/codegen/passes/analysis/runtime_calls.h"

#include <llvm/IR/Attributes.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

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

// Declares a function like malloc, whose parameters are the context and `parameters`. `size` is the
// index of the one with the size in bytes.
llvm::Function* declareAllocation(llvm::Module& module, const char* name,
                                  llvm::ArrayRef<llvm::Type*> parameters, unsigned size,
                                  llvm::AllocFnKind kind) {
  llvm::LLVMContext& context = module.getContext();
  auto* pointer = llvm::PointerType::get(context, 0);
  llvm::SmallVector<llvm::Type*> types{pointer};
  types.append(parameters.begin(), parameters.end());
  llvm::Function* function = declare(module, name, llvm::FunctionType::get(pointer, types, false));
  function->addFnAttr(llvm::Attribute::getWithAllocKind(context, kind));
  function->addFnAttr(llvm::Attribute::getWithAllocSizeArgs(context, size, std::nullopt));
  function->addFnAttr("alloc-family", name);
  function->setMemoryEffects(llvm::MemoryEffects::inaccessibleMemOnly());
  function->addRetAttr(llvm::Attribute::NoAlias);
  function->addRetAttr(llvm::Attribute::NonNull);
  function->addRetAttr(llvm::Attribute::getWithAlignment(context, llvm::Align(8)));
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
  llvm::Type* i64 = llvm::Type::getInt64Ty(context);
  constexpr unsigned kSize = 2;
  return declareAllocation(module, kNewObject, {llvm::Type::getInt32Ty(context), i64, i64}, kSize,
                           llvm::AllocFnKind::Alloc | llvm::AllocFnKind::Uninitialized);
}

// LLVM does not know a value of `fill`, so that it cannot tell what the elements are.
llvm::Function* declareNewArray(llvm::Module& module) {
  if (llvm::Function* known = module.getFunction(kNewArray)) return known;
  llvm::LLVMContext& context = module.getContext();
  llvm::Type* i32 = llvm::Type::getInt32Ty(context);
  constexpr unsigned kSize = 3;
  return declareAllocation(module, kNewArray,
                           {i32, i32, llvm::Type::getInt64Ty(context),
                            llvm::Type::getInt1Ty(context), llvm::PointerType::get(context, 0)},
                           kSize, llvm::AllocFnKind::Alloc);
}

bool mayCollect(const llvm::Instruction& instruction) {
  auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  return call != nullptr && !call->isInlineAsm() && !llvm::isa<llvm::IntrinsicInst>(call) &&
         !isCallOf(instruction, kStoreReference);
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
