#include "compiler/codegen/descriptor/constant_data.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/Module.h>

namespace codegen {
namespace {

using llvm::Constant;
using llvm::GlobalVariable;

GlobalVariable* declare(llvm::Module& module, llvm::Type* type, const Placement& placement) {
  auto* global = new GlobalVariable(module, type, true, llvm::GlobalValue::ExternalLinkage, nullptr,
                                    placement.symbol);
  global->setVisibility(llvm::GlobalValue::HiddenVisibility);
  global->setDSOLocal(true);
  global->setSection(placement.section);
  global->setAlignment(llvm::Align(placement.alignment));
  return global;
}

Constant* constantOf(llvm::LLVMContext& context, base::ByteView bytes) {
  return llvm::ConstantDataArray::get(context, llvm::ArrayRef(bytes.data(), bytes.size()));
}

}  // namespace

GlobalVariable* defineBytes(llvm::Module& module, base::ByteView bytes,
                            const Placement& placement) {
  Constant* data = constantOf(module.getContext(), bytes);
  GlobalVariable* global = declare(module, data->getType(), placement);
  global->setInitializer(data);
  return global;
}

// The constant is a packed struct of byte strings and, at each fixup, a 32-bit difference between
// the target's address and the field's own. LLVM emits these as PC-relative relocations, which the
// linker resolves, so that the artifact needs no dynamic relocation for them.
GlobalVariable* defineBlob(llvm::Module& module, Blob& blob, const Placement& placement) {
  blob.sortFixups();
  llvm::LLVMContext& context = module.getContext();
  llvm::Type* int8 = llvm::Type::getInt8Ty(context);
  llvm::Type* int32 = llvm::Type::getInt32Ty(context);
  llvm::Type* int64 = llvm::Type::getInt64Ty(context);
  base::ByteView bytes = blob.bytes();

  // The type is computed first, since the initializer refers to the global variable itself.
  std::vector<llvm::Type*> types;
  uint32_t at = 0;
  for (const Blob::Fixup& fixup : blob.fixups()) {
    types.push_back(llvm::ArrayType::get(int8, fixup.offset - at));
    types.push_back(int32);
    at = fixup.offset + sizeof(int32_t);
  }
  types.push_back(llvm::ArrayType::get(int8, bytes.size() - at));
  llvm::StructType* type = llvm::StructType::get(context, types, true);
  GlobalVariable* global = declare(module, type, placement);

  std::vector<Constant*> values;
  at = 0;
  for (const Blob::Fixup& fixup : blob.fixups()) {
    values.push_back(constantOf(context, bytes.subspan(at, fixup.offset - at)));
    Constant* here = llvm::ConstantExpr::getInBoundsGetElementPtr(
        int8, global, llvm::ConstantInt::get(int64, fixup.offset));
    Constant* distance =
        llvm::ConstantExpr::getSub(llvm::ConstantExpr::getPtrToInt(fixup.target, int64),
                                   llvm::ConstantExpr::getPtrToInt(here, int64));
    values.push_back(llvm::ConstantExpr::getTrunc(distance, int32));
    at = fixup.offset + sizeof(int32_t);
  }
  values.push_back(constantOf(context, bytes.subspan(at)));
  global->setInitializer(llvm::ConstantStruct::get(type, values));
  return global;
}

}  // namespace codegen
