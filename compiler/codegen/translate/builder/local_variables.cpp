#include "compiler/codegen/translate/builder/local_variables.h"

#include <algorithm>

#include "runtime/base/check.h"

namespace codegen {

LocalVariables::LocalVariables(const wasm::Module& source, uint32_t functionIndex,
                               llvm::Function& function, const AbiLowering& abi,
                               llvm::IRBuilder<>& entry)
    : declaration_(source.functions[functionIndex]),
      type_(source.functionType(functionIndex)),
      function_(function),
      abi_(abi),
      entry_(entry) {
  uint64_t end = type_.params.size();
  for (const wasm::LocalRun& run : declaration_.locals) runEnds_.push_back(end += run.count);
}

llvm::AllocaInst* LocalVariables::slot(uint32_t index) {
  llvm::AllocaInst*& slot = slots_[index];
  if (slot == nullptr) {
    bool isParam = index < type_.params.size();
    llvm::Type* type = abi_.type(isParam ? type_.params[index] : declaredType(index));
    slot = entry_.CreateAlloca(type);
    llvm::Value* initial = isParam ? static_cast<llvm::Value*>(function_.getArg(index + 1))
                                   : llvm::Constant::getNullValue(type);
    entry_.CreateStore(initial, slot);
  }
  return slot;
}

wasm::ValueType LocalVariables::declaredType(uint32_t index) const {
  auto run = std::ranges::upper_bound(runEnds_, index);
  CHECK(run != runEnds_.end());
  return declaration_.locals[run - runEnds_.begin()].type;
}

}  // namespace codegen
