// LLVM's view of runtime/abi: types, calling convention, places in the context, alias scopes.
// One per LLVMContext.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Metadata.h>

#include "compiler/codegen/abi/builtins.h"
#include "compiler/wasm/types.h"
#include "runtime/abi/vmctx.h"

namespace codegen {

// Which part of the guest's state an access touches; accesses to different parts never alias.
enum class Scope : uint8_t { Memory, Globals, Tables };
inline constexpr uint32_t kScopeCount = 3;

// How compiled code is entered. Fast: fastcc, with the context in the pinned register. Tail:
// tailcc, with the context as an ordinary parameter, since a tail call into another instance must
// change it and the pinned register is one that a function restores before it leaves.
enum class Entry : uint8_t { Fast, Tail };

class AbiLowering {
 public:
  AbiLowering(llvm::LLVMContext& context, bool isOptimized);

  llvm::Type* type(wasm::ValueType type) const;

  // (ptr context, parameters...); one result is returned as itself, two as a struct, more through
  // ExecState::results.
  llvm::FunctionType* functionType(const wasm::FuncType& type) const;
  static bool resultsInMemory(const wasm::FuncType& type) {
    return type.results.size() > abi::kRegisterResults;
  }

  // The C function behind an import: (ptr binding, parameters...), at most one result.
  llvm::FunctionType* hostFunctionType(const wasm::FuncType& type) const;

  // C function of a builtins.def row, from its signature.
  llvm::FunctionType* builtinType(std::string_view signature) const;

  // A call to a builtin, by way of the ExecState; `args` begin with the context.
  llvm::CallInst* callBuiltin(llvm::IRBuilder<>& builder, llvm::Value* execState,
                              const Builtin& builtin, llvm::ArrayRef<llvm::Value*> args) const;

  // What every definition of a wasm function carries.
  void addFunctionAttributes(llvm::Function& function, Entry entry) const;

  // Makes `call` one to a wasm function, which keeps the caller's frame.
  static void markCall(llvm::CallInst& call, Entry entry);

  // No access to the guest's state passes this point, in either direction.
  void createBarrier(llvm::IRBuilder<>& builder) const;

  // Ends the block with a trap.
  void createTrap(llvm::IRBuilder<>& builder, abi::TrapCode code) const;

  // A word of the context or of something it points to that never changes after instantiation.
  llvm::LoadInst* loadInvariant(llvm::IRBuilder<>& builder, llvm::Type* type, llvm::Value* base,
                                uint64_t offset) const;

  static llvm::Value* at(llvm::IRBuilder<>& builder, llvm::Value* base, uint64_t offset);

  template <class Access>
  Access* inScope(Access* access, Scope scope) const {
    access->setMetadata(llvm::LLVMContext::MD_alias_scope, own_[static_cast<size_t>(scope)]);
    access->setMetadata(llvm::LLVMContext::MD_noalias, others_[static_cast<size_t>(scope)]);
    return access;
  }

  // Whether inScope has said so of `access`, whatever LLVM's passes have added.
  static bool isInScope(const llvm::Instruction& access, Scope scope);

 private:
  llvm::LLVMContext& context_;
  bool isOptimized_;
  llvm::MDNode* own_[kScopeCount];
  llvm::MDNode* others_[kScopeCount];
};

}  // namespace codegen
