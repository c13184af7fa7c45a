// The parameters and locals of the function being translated (section 4.4.5): an alloca each, which
// LLVM promotes to values.
#pragma once

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/IRBuilder.h>

#include <vector>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/wasm/module.h"

namespace codegen {

class LocalVariables {
 public:
  // `entry` adds to the entry block of `function`, the translation of own function `functionIndex`;
  // all references must outlive this.
  LocalVariables(const wasm::Module& source, uint32_t functionIndex, llvm::Function& function,
                 const AbiLowering& abi, llvm::IRBuilder<>& entry);

  // Returns the place of a valid local. It is made, and initialised in the entry block, when it is
  // asked for first: six bytes of a module can declare 50,000 locals.
  llvm::AllocaInst* slot(uint32_t index);

 private:
  wasm::ValueType declaredType(uint32_t index) const;

  const wasm::Function& declaration_;
  const wasm::FuncType& type_;
  llvm::Function& function_;
  const AbiLowering& abi_;
  llvm::IRBuilder<>& entry_;
  std::vector<uint64_t> runEnds_;  // of the declaration's runs: index of the local behind the last
  llvm::DenseMap<uint32_t, llvm::AllocaInst*> slots_;  // by index
};

}  // namespace codegen
