// The parameters and locals of the function that is translated (section 4.4.5). Each is an alloca,
// which LLVM promotes to SSA values (mem2reg).
#pragma once

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/IRBuilder.h>

#include <vector>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/wasm/module.h"

namespace codegen {

// The variables of one function, by local index, in which parameters come first.
class LocalVariables {
 public:
  // `function` is the translation of function `functionIndex` of `source`, and `entry` adds to its
  // entry block. All references must outlive the object.
  LocalVariables(const wasm::Module& source, uint32_t functionIndex, llvm::Function& function,
                 const AbiLowering& abi, llvm::IRBuilder<>& entry);

  // Returns the variable of a valid local. It is created, and initialized in the entry block with
  // the argument or zero, on the first call for this index: six bytes of a module can declare
  // 50,000 locals, most of which are not used.
  llvm::AllocaInst* slot(uint32_t index);

 private:
  wasm::ValueType declaredType(uint32_t index) const;

  const wasm::Function& declaration_;
  const wasm::FuncType& type_;
  llvm::Function& function_;
  const AbiLowering& abi_;
  llvm::IRBuilder<>& entry_;
  std::vector<uint64_t> runEnds_;  // by run of declared locals: the index behind its last local
  llvm::DenseMap<uint32_t, llvm::AllocaInst*> slots_;  // by index
};

}  // namespace codegen
