#include "compiler/codegen/abi/reference_facts.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/Metadata.h>
#include <llvm/IR/Module.h>

namespace codegen {
namespace {

constexpr char kArrayAccesses[] = "wasm2obj.array_accesses";

using wasm::HeapType;

constexpr uint64_t kObjectAlignment = 8;

// Returns whether all values of the type are null or addresses that are multiples of 8: objects,
// and function references, which are addresses of abi::FuncRef.
bool isAddress(wasm::ValueType type) {
  if (!type.isRef()) return false;
  if (type.heap.isConcrete()) return true;
  switch (type.heap.abstract()) {
    case HeapType::kFunc:
    case HeapType::kNoFunc:
    case HeapType::kStruct:
    case HeapType::kArray:
    case HeapType::kNone:
    case HeapType::kExn:
    case HeapType::kNoExn:
    case HeapType::kNoExtern:
      return true;
    default:
      return false;
  }
}

llvm::AttrBuilder attributesOf(llvm::LLVMContext& context, wasm::ValueType type) {
  llvm::AttrBuilder attributes(context);
  if (isAddress(type)) attributes.addAlignmentAttr(llvm::Align(kObjectAlignment));
  if (type.isRef() && !type.nullable) attributes.addAttribute(llvm::Attribute::NonNull);
  return attributes;
}

}  // namespace

void addReferenceFacts(llvm::Function& function, const wasm::FuncType& type) {
  for (unsigned i = 0; i < type.params.size(); ++i) {
    function.addParamAttrs(i + 1, attributesOf(function.getContext(), type.params[i]));
  }
  if (type.results.size() == 1) {
    function.addRetAttrs(attributesOf(function.getContext(), type.results[0]));
  }
}

void addReferenceFacts(llvm::CallBase& call, const wasm::FuncType& type) {
  if (type.results.size() != 1) return;
  call.setAttributes(call.getAttributes().addRetAttributes(
      call.getContext(), attributesOf(call.getContext(), type.results[0])));
}

void addReferenceFacts(llvm::LoadInst& load, wasm::ValueType type) {
  if (isAddress(type)) {
    auto* alignment = llvm::ConstantAsMetadata::get(
        llvm::ConstantInt::get(llvm::Type::getInt64Ty(load.getContext()), kObjectAlignment));
    load.setMetadata(llvm::LLVMContext::MD_align, llvm::MDNode::get(load.getContext(), alignment));
  }
  if (type.isRef() && !type.nullable) {
    load.setMetadata(llvm::LLVMContext::MD_nonnull, llvm::MDNode::get(load.getContext(), {}));
  }
}

void addArrayAccesses(llvm::Module& module) { module.getOrInsertNamedMetadata(kArrayAccesses); }

bool hasArrayAccesses(const llvm::Module& module) {
  return module.getNamedMetadata(kArrayAccesses) != nullptr;
}

}  // namespace codegen
