// The state of the translation of one function, which the emitters (emit/) share: the insertion
// point, the operand and control stacks, and values that are computed once. The other headers of
// this folder have operations on it: operand_stack, control_flow, trap_sites, address,
// memory_access, table_access, calls, lanes.
#pragma once

#include <llvm/IR/IRBuilder.h>

#include <span>
#include <vector>

#include "compiler/codegen/lowering/lowering.h"
#include "compiler/codegen/translate/builder/control_flow.h"
#include "compiler/codegen/translate/builder/local_variables.h"
#include "compiler/codegen/translate/builder/module_builder.h"
#include "compiler/codegen/translate/builder/operand_stack.h"
#include "compiler/codegen/translate/fuel/fuel_counter.h"
#include "compiler/wasm/instruction.h"

namespace codegen {

using Inst = wasm::Instruction;

// The builder of one function. For one thread; the ModuleBuilder must outlive it.
struct FunctionBuilder {
  // Begins the definition of a function that is not an import. Creates the entry block, for allocas
  // and invariant loads, and a body block, in which `ir` adds code.
  FunctionBuilder(ModuleBuilder& module, uint32_t functionIndex);
  FunctionBuilder(const FunctionBuilder&) = delete;
  FunctionBuilder& operator=(const FunctionBuilder&) = delete;

  // Sets the debug location of the LLVM instructions that are added for `inst`. It is the byte
  // offset of `inst` if `mayTrap` is set; other instructions cannot be in a backtrace and have
  // none.
  void setLocation(const Inst& inst, bool mayTrap);

  // Push a value on, and pop one from, the operand stack.
  void push(llvm::Value* value) { stack.push(value); }
  llvm::Value* pop() { return stack.pop(); }

  // Returns the LLVM type of a value type.
  llvm::Type* type(wasm::ValueType type) const { return abi.type(type); }
  // Returns the type of the result of `inst`. Requires that it has one result, whose type is fixed
  // by the opcode.
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

  llvm::IRBuilder<> ir;     // adds at the end of the current block
  llvm::IRBuilder<> entry;  // adds to the entry block: locals, and invariant loads
  OperandStack stack;
  ControlStack control;
  LocalVariables locals;
  FuelCounter fuel;
  std::span<const wasm::BranchHint> hints;  // of this and the following instructions

  // Created when first needed, each by the source file named.
  std::vector<llvm::Value*> memoryBases;          // by memory: address.cpp
  llvm::AllocaInst* crossInstanceCall = nullptr;  // an abi::CrossInstanceCall: calls.cpp

 private:
  llvm::DISubprogram* subprogram_;
};

}  // namespace codegen
