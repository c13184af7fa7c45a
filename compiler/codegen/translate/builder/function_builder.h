// What the emitters of one function (emit/) build with: where code is added, and what is known of
// the function so far. The headers of this folder are operations on it, by noun: operand_stack,
// control_flow, trap_sites, address, memory_access, table_access, calls, lanes.
#pragma once

#include <llvm/IR/IRBuilder.h>

#include <span>
#include <vector>

#include "compiler/codegen/lowering/lowering.h"
#include "compiler/codegen/translate/builder/control_flow.h"
#include "compiler/codegen/translate/builder/local_variables.h"
#include "compiler/codegen/translate/builder/module_builder.h"
#include "compiler/codegen/translate/builder/operand_stack.h"
#include "compiler/wasm/instruction.h"

namespace codegen {

using Inst = wasm::Instruction;

struct FunctionBuilder {
  // Begins the definition of an own function. Code is added behind its entry block.
  FunctionBuilder(ModuleBuilder& module, uint32_t functionIndex);
  FunctionBuilder(const FunctionBuilder&) = delete;
  FunctionBuilder& operator=(const FunctionBuilder&) = delete;

  // The next instruction that is added is `inst`'s; where it may trap, its byte offset is noted.
  void setLocation(const Inst& inst, bool mayTrap);

  void push(llvm::Value* value) { stack.push(value); }
  llvm::Value* pop() { return stack.pop(); }

  llvm::Type* type(wasm::ValueType type) const { return abi.type(type); }
  // The type of the one result of `inst`, which is the same in every module.
  llvm::Type* resultType(const Inst& inst) const;

  const wasm::Module& source() const { return module.source(); }
  const ModulePlan& plan() const { return module.plan(); }
  const Options& options() const { return module.options(); }
  Lowering lowering() { return {ir, module.target(), options().isDeterministic}; }

  ModuleBuilder& module;
  const AbiLowering& abi;
  const uint32_t index;  // of the function
  const wasm::FuncType& signature;
  llvm::Function* const function;
  llvm::Value* const context;  // the instance's context (abi::ContextHeader)

  llvm::IRBuilder<> ir;     // adds where the current instruction's code goes
  llvm::IRBuilder<> entry;  // adds to the entry block: locals, and invariants of the function
  OperandStack stack;
  ControlStack control;
  LocalVariables locals;
  std::span<const wasm::BranchHint> hints;  // those ahead

  // Made when first needed, by the one source file named.
  std::vector<llvm::Value*> memoryBases;          // by memory: address.cpp
  llvm::AllocaInst* crossInstanceCall = nullptr;  // an abi::CrossInstanceCall: calls.cpp

 private:
  llvm::DISubprogram* subprogram_;
};

}  // namespace codegen
