// LLVM's view of runtime/abi: types, calling conventions, places in the context, alias scopes.
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

// One per LLVMContext, which must outlive it. Offsets are in bytes.
class AbiLowering {
 public:
  // `isOptimized`: whether LLVM's passes run, which would otherwise move what must stay.
  AbiLowering(llvm::LLVMContext& context, bool isOptimized);

  // Returns the type of a value in registers and in memory. References are pointers.
  llvm::Type* type(wasm::ValueType type) const;

  // Returns the type of a WebAssembly function's code: (ptr context, parameters...). One result is
  // returned as itself, two as a struct, more through ExecState::results.
  llvm::FunctionType* functionType(const wasm::FuncType& type) const;
  static bool resultsInMemory(const wasm::FuncType& type) {
    return type.results.size() > abi::kRegisterResults;
  }

  // Returns the type of the C function behind an import: (ptr binding, parameters...). One result
  // is returned as itself, more through ExecState::results.
  llvm::FunctionType* hostFunctionType(const wasm::FuncType& type) const;

  // Returns the type of the C function of a row of builtins.def, from the row's signature.
  llvm::FunctionType* builtinType(std::string_view signature) const;

  // Calls a builtin, whose address is read from the abi::ExecState. `args` begin with the context.
  llvm::CallInst* callBuiltin(llvm::IRBuilder<>& builder, llvm::Value* execState,
                              const Builtin& builtin, llvm::ArrayRef<llvm::Value*> args) const;

  // Gives `function` the convention and attributes that all WebAssembly functions have.
  void addFunctionAttributes(llvm::Function& function, Entry entry) const;

  // Makes `call` a call of a WebAssembly function that keeps the caller's frame.
  static void markCall(llvm::CallInst& call, Entry entry);

  // Adds a point that no access to the guest's state is moved across, in either direction.
  void createBarrier(llvm::IRBuilder<>& builder) const;

  // Ends the block with a trap. The site keeps an instruction of its own, for backtraces.
  void createTrap(llvm::IRBuilder<>& builder, abi::TrapCode code) const;

  // Loads a word of the context, or of something it points to, that never changes after
  // instantiation.
  llvm::LoadInst* loadInvariant(llvm::IRBuilder<>& builder, llvm::Type* type, llvm::Value* base,
                                uint64_t offset) const;

  // Returns the pointer base + offset.
  static llvm::Value* at(llvm::IRBuilder<>& builder, llvm::Value* base, uint64_t offset);

  // Marks a load, store or memory intrinsic as one of this part of the guest's state; returns it.
  template <class Access>
  Access* inScope(Access* access, Scope scope) const {
    access->setMetadata(llvm::LLVMContext::MD_alias_scope, own_[static_cast<size_t>(scope)]);
    access->setMetadata(llvm::LLVMContext::MD_noalias, others_[static_cast<size_t>(scope)]);
    return access;
  }

  // Whether inScope has marked `access` so, whatever LLVM's passes have added to it.
  static bool isInScope(const llvm::Instruction& access, Scope scope);

 private:
  llvm::LLVMContext& context_;
  bool isOptimized_;
  llvm::MDNode* own_[kScopeCount];
  llvm::MDNode* others_[kScopeCount];
};

}  // namespace codegen
