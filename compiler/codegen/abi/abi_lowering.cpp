#include "compiler/codegen/abi/abi_lowering.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/MDBuilder.h>

#include <string>

#include "runtime/base/check.h"

namespace codegen {
namespace {

// Scopes are recognized by their name and that of their domain, not by their node: the inliner
// clones the nodes, and a module that is read from a file has nodes of its own.
constexpr const char* kScopeNames[kScopeCount] = {"memory", "globals", "tables", "objects", "fuel"};
constexpr const char* kDomainName = "wasm";

llvm::CallingConv::ID conventionOf(Entry entry) {
  return entry == Entry::Tail ? llvm::CallingConv::Tail : llvm::CallingConv::Fast;
}

bool isNamed(const llvm::MDOperand& operand, llvm::StringRef name) {
  auto* string = llvm::dyn_cast<llvm::MDString>(operand);
  return string != nullptr && string->getString() == name;
}

}  // namespace

AbiLowering::AbiLowering(llvm::LLVMContext& context, bool isOptimized)
    : context_(context), isOptimized_(isOptimized) {
  llvm::MDBuilder metadata(context);
  llvm::MDNode* domain = metadata.createAnonymousAliasScopeDomain(kDomainName);
  llvm::Metadata* scopes[kScopeCount];
  for (uint32_t i = 0; i < kScopeCount; ++i) {
    scopes[i] = metadata.createAnonymousAliasScope(domain, kScopeNames[i]);
  }
  for (uint32_t i = 0; i < kScopeCount; ++i) {
    llvm::SmallVector<llvm::Metadata*> rest;
    for (uint32_t j = 0; j < kScopeCount; ++j) {
      if (j != i) rest.push_back(scopes[j]);
    }
    own_[i] = llvm::MDNode::get(context, scopes[i]);
    others_[i] = llvm::MDNode::get(context, rest);
  }
}

bool AbiLowering::isInScope(const llvm::Instruction& access, Scope scope) {
  llvm::MDNode* scopes = access.getMetadata(llvm::LLVMContext::MD_alias_scope);
  if (scopes == nullptr) return false;
  return llvm::any_of(scopes->operands(), [&](const llvm::MDOperand& operand) {
    llvm::AliasScopeNode node(llvm::cast<llvm::MDNode>(operand));
    const llvm::MDNode* domain = node.getDomain();
    return node.getName() == kScopeNames[static_cast<size_t>(scope)] && domain != nullptr &&
           domain->getNumOperands() > 1 && isNamed(domain->getOperand(1), kDomainName);
  });
}

llvm::MDNode* AbiLowering::namedTag(llvm::StringRef name) const {
  llvm::MDBuilder metadata(context_);
  llvm::MDNode* root = metadata.createTBAARoot("wasm objects");
  llvm::MDNode* type = metadata.createTBAAScalarTypeNode(name, root);
  return metadata.createTBAAStructTagNode(type, type, 0);
}

llvm::MDNode* AbiLowering::fieldTag(uint32_t declaration, uint32_t index) const {
  return namedTag("type " + std::to_string(declaration) + ", field " + std::to_string(index));
}

llvm::Type* AbiLowering::type(wasm::ValueType type) const {
  switch (type.kind) {
    case wasm::ValueKind::I32:
      return llvm::Type::getInt32Ty(context_);
    case wasm::ValueKind::I64:
      return llvm::Type::getInt64Ty(context_);
    case wasm::ValueKind::F32:
      return llvm::Type::getFloatTy(context_);
    case wasm::ValueKind::F64:
      return llvm::Type::getDoubleTy(context_);
    case wasm::ValueKind::V128:
      return llvm::FixedVectorType::get(llvm::Type::getInt64Ty(context_), 2);
    case wasm::ValueKind::Ref:
    case wasm::ValueKind::Bottom:
      break;
  }
  return llvm::PointerType::get(context_, 0);
}

llvm::FunctionType* AbiLowering::functionType(const wasm::FuncType& type) const {
  llvm::SmallVector<llvm::Type*> params{llvm::PointerType::get(context_, 0)};
  for (wasm::ValueType param : type.params) params.push_back(this->type(param));
  llvm::Type* result = llvm::Type::getVoidTy(context_);
  if (type.results.size() == 1) result = this->type(type.results[0]);
  if (type.results.size() == 2) {
    result = llvm::StructType::get(this->type(type.results[0]), this->type(type.results[1]));
  }
  return llvm::FunctionType::get(result, params, false);
}

llvm::FunctionType* AbiLowering::hostFunctionType(const wasm::FuncType& type) const {
  llvm::SmallVector<llvm::Type*> params{llvm::PointerType::get(context_, 0)};
  for (wasm::ValueType param : type.params) params.push_back(this->type(param));
  llvm::Type* result =
      type.results.size() == 1 ? this->type(type.results[0]) : llvm::Type::getVoidTy(context_);
  return llvm::FunctionType::get(result, params, false);
}

llvm::FunctionType* AbiLowering::builtinType(const Builtin& builtin) const {
  auto llvmType = [&](BuiltinType type) -> llvm::Type* {
    switch (type) {
      case BuiltinType::Void:
        return llvm::Type::getVoidTy(context_);
      case BuiltinType::I32:
        return llvm::Type::getInt32Ty(context_);
      case BuiltinType::I64:
        return llvm::Type::getInt64Ty(context_);
      case BuiltinType::Pointer:
        break;
    }
    return llvm::PointerType::get(context_, 0);
  };
  llvm::SmallVector<llvm::Type*> params{llvm::PointerType::get(context_, 0)};
  for (size_t i = 0; i < builtin.paramCount; ++i) params.push_back(llvmType(builtin.params[i]));
  return llvm::FunctionType::get(llvmType(builtin.result), params, false);
}

llvm::Value* AbiLowering::builtinAddress(llvm::IRBuilder<>& builder, llvm::Value* execState,
                                         const Builtin& builtin) const {
  llvm::Value* table =
      loadInvariant(builder, builder.getPtrTy(), execState, offsetof(abi::ExecState, builtins));
  return loadInvariant(builder, builder.getPtrTy(), table, builtin.offset);
}

llvm::CallInst* AbiLowering::callBuiltin(llvm::IRBuilder<>& builder, llvm::Value* execState,
                                         const Builtin& builtin,
                                         llvm::ArrayRef<llvm::Value*> args) const {
  return builder.CreateCall(builtinType(builtin), builtinAddress(builder, execState, builtin),
                            args);
}

void AbiLowering::addFunctionAttributes(llvm::Function& function, Entry entry) const {
  function.setCallingConv(conventionOf(entry));
  function.setVisibility(llvm::GlobalValue::HiddenVisibility);
  function.setDSOLocal(true);
  if (entry == Entry::Fast) function.addParamAttr(0, llvm::Attribute::SwiftSelf);
  function.addParamAttr(0, llvm::Attribute::NonNull);
  function.setUWTableKind(llvm::UWTableKind::Async);
}

void AbiLowering::markCall(llvm::CallBase& call, Entry entry) {
  call.setCallingConv(conventionOf(entry));
  if (entry == Entry::Fast) call.addParamAttr(0, llvm::Attribute::SwiftSelf);
  // The specification's tests demand that infinite recursion exhausts the call stack. As a tail
  // call it would become an infinite loop.
  if (auto* plain = llvm::dyn_cast<llvm::CallInst>(&call)) {
    plain->setTailCallKind(llvm::CallInst::TCK_NoTail);
  }
}

// The host can read memory and globals after a trap, so no store before it may be dropped or
// delayed. For LLVM, ubsantrap does not read memory. An empty inline assembly statement that
// clobbers memory does, and emits no code. NoMerge keeps the branches apart that lead to different
// sites.
//
// The fuel is known after a trap because it is stored before (translate/fuel), so that what was
// stored earlier may be dropped.
//
// Without optimization, accesses keep their order anyway. The constraint is left out then, because
// FastISel, which makes compile time linear at -O0, does not support assembly with constraints.
void AbiLowering::createBarrier(llvm::IRBuilder<>& builder) const {
  auto* type = llvm::FunctionType::get(builder.getVoidTy(), false);
  const char* constraints = isOptimized_ ? "~{memory}" : "";
  llvm::CallInst* barrier =
      builder.CreateCall(type, llvm::InlineAsm::get(type, "", constraints, true));
  barrier->addFnAttr(llvm::Attribute::NoMerge);
  barrier->setMetadata(llvm::LLVMContext::MD_noalias, own_[static_cast<size_t>(Scope::Fuel)]);
}

void AbiLowering::createTrap(llvm::IRBuilder<>& builder, abi::TrapCode code) const {
  if (isOptimized_) createBarrier(builder);
  builder
      .CreateIntrinsic(llvm::Intrinsic::ubsantrap, {},
                       {builder.getInt8(static_cast<uint8_t>(code))})
      ->addFnAttr(llvm::Attribute::NoMerge);
  builder.CreateUnreachable();
}

llvm::Value* AbiLowering::at(llvm::IRBuilder<>& builder, llvm::Value* base, uint64_t offset) {
  if (offset == 0) return base;
  return builder.CreateGEP(
      builder.getInt8Ty(), base, builder.getInt64(offset), "",
      llvm::GEPNoWrapFlags::inBounds() | llvm::GEPNoWrapFlags::noUnsignedWrap());
}

llvm::LoadInst* AbiLowering::loadInvariant(llvm::IRBuilder<>& builder, llvm::Type* type,
                                           llvm::Value* base, uint64_t offset) const {
  llvm::LoadInst* load = builder.CreateLoad(type, at(builder, base, offset));
  load->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(context_, {}));
  return load;
}

}  // namespace codegen
