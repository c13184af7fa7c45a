// The lowering of runtime/abi to LLVM IR: types, calling conventions, accesses to the context,
// traps and alias scopes. docs/abi.md describes the ABI.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Metadata.h>

#include "compiler/codegen/abi/builtins.h"
#include "compiler/wasm/types.h"
#include "runtime/abi/vmctx.h"

namespace codegen {

// The part of the guest's state that an access touches: linear memories, globals, tables and the
// sizes of memories, objects of the garbage-collected heap, or the fuel. Accesses to different
// parts never alias.
enum class Scope : uint8_t { Memory, Globals, Tables, Objects, Fuel };
inline constexpr uint32_t kScopeCount = 5;

// The calling convention of compiled code. Fast: fastcc, with the context in the pinned register
// (`swiftself`). Tail: tailcc, with the context as an ordinary parameter. A tail call into another
// instance must change the context, but the pinned register is callee-saved, so a function restores
// it before it jumps.
enum class Entry : uint8_t { Fast, Tail };

// Creates types and instructions in one LLVMContext, which must outlive it. Immutable; like the
// context it is for one thread. Offsets are in bytes.
class AbiLowering {
 public:
  // `isOptimized` tells whether LLVM's optimization passes will run on the code. Only they move
  // accesses, so that barriers are needed.
  AbiLowering(llvm::LLVMContext& context, bool isOptimized);

  // Returns the type of a value in registers and in memory. A v128 is <2 x i64>, references are
  // pointers.
  llvm::Type* type(wasm::ValueType type) const;

  // Returns the type of a WebAssembly function's code: (ptr context, parameters...). One result is
  // returned as itself, two as a struct, more through ExecState::results.
  llvm::FunctionType* functionType(const wasm::FuncType& type) const;
  // Returns whether the results do not fit in registers and are returned through
  // ExecState::results.
  static bool resultsInMemory(const wasm::FuncType& type) {
    return type.results.size() > abi::kRegisterResults;
  }

  // Returns the type of the C function behind an import: (ptr to abi::HostBinding, parameters...).
  // One result is returned as itself, more through ExecState::results.
  llvm::FunctionType* hostFunctionType(const wasm::FuncType& type) const;

  // Returns the type of the builtin's C function: (ptr to the context, parameters...).
  llvm::FunctionType* builtinType(const Builtin& builtin) const;

  // Returns the address of a builtin's C function, which is read from `execState`.
  llvm::Value* builtinAddress(llvm::IRBuilder<>& builder, llvm::Value* execState,
                              const Builtin& builtin) const;

  // Adds a call of a builtin with the C calling convention. Its address is read from `execState`, a
  // pointer to the abi::ExecState. `args` begin with the context.
  llvm::CallInst* callBuiltin(llvm::IRBuilder<>& builder, llvm::Value* execState,
                              const Builtin& builtin, llvm::ArrayRef<llvm::Value*> args) const;

  // Sets the calling convention and the attributes that all WebAssembly functions have. The context
  // must be the first parameter. Whether the function may throw is left to the caller.
  void addFunctionAttributes(llvm::Function& function, Entry entry) const;

  // Sets the calling convention of a call of a WebAssembly function, and forbids that LLVM makes it
  // a tail call.
  static void markCall(llvm::CallBase& call, Entry entry);

  // Adds a compiler barrier: LLVM moves no access to the guest's state across it, in either
  // direction, but for those to the fuel. It emits no machine code.
  void createBarrier(llvm::IRBuilder<>& builder) const;

  // Ends the block with a trap instruction that has `code` as its immediate, and an `unreachable`.
  // Stores before it are not delayed beyond it. Sites are never merged, since the instruction's
  // address gives the position for backtraces.
  void createTrap(llvm::IRBuilder<>& builder, abi::TrapCode code) const;

  // Adds an invariant load at base + offset. Requires that the word never changes after
  // instantiation, like most words of the context and all FuncRefs.
  llvm::LoadInst* loadInvariant(llvm::IRBuilder<>& builder, llvm::Type* type, llvm::Value* base,
                                uint64_t offset) const;

  // Returns the pointer base + offset, which must be in the same object.
  static llvm::Value* at(llvm::IRBuilder<>& builder, llvm::Value* base, uint64_t offset);

  // Marks a load, store or memory intrinsic as an access to this part of the guest's state
  // (!alias.scope, !noalias), and returns it.
  template <class Access>
  Access* inScope(Access* access, Scope scope) const {
    access->setMetadata(llvm::LLVMContext::MD_alias_scope, own_[static_cast<size_t>(scope)]);
    access->setMetadata(llvm::LLVMContext::MD_noalias, others_[static_cast<size_t>(scope)]);
    return access;
  }

  // Return the !tbaa nodes of accesses to objects: to a field (FieldPlace::declaration, and its
  // index), to the type word, to the length of an array, and to the tag of an
  // exception.
  llvm::MDNode* fieldTag(uint32_t declaration, uint32_t index) const;
  llvm::MDNode* headerTag() const { return namedTag("type"); }
  llvm::MDNode* lengthTag() const { return namedTag("length"); }
  llvm::MDNode* tagTag() const { return namedTag("tag"); }

  // Marks an access to an object as such, and with one of these nodes, and returns it.
  template <class Access>
  Access* inObject(Access* access, llvm::MDNode* tag) const {
    access->setMetadata(llvm::LLVMContext::MD_tbaa, tag);
    return inScope(access, Scope::Objects);
  }

  // Returns whether inScope has marked `access` with this scope. LLVM's passes may have added other
  // scopes to the metadata.
  static bool isInScope(const llvm::Instruction& access, Scope scope);

 private:
  llvm::MDNode* namedTag(llvm::StringRef name) const;

  llvm::LLVMContext& context_;
  bool isOptimized_;
  llvm::MDNode* own_[kScopeCount];
  llvm::MDNode* others_[kScopeCount];
};

}  // namespace codegen
