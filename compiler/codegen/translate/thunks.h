// Code between compiled functions and the host: per function type an entry thunk (host calls
// guest), a host thunk (guest calls host) and a cross-instance thunk (guest calls the guest of
// another instance); the fast entries of functions that have none of their own; and stubs for the C
// functions that LLVM may call. Conventions and layouts are those of docs/abi.md.
#pragma once

#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// Each function defines one thunk in the module, which must not be defined yet, and returns it.
class ThunkEmitter {
 public:
  explicit ThunkEmitter(ModuleBuilder& module) : module_(module), abi_(module.abi()) {}

  // void(ptr context, ptr fastEntry, ptr slots), C convention: arguments are read from the slots,
  // results written over them.
  llvm::Function* entryThunk(const wasm::FuncType& type, uint32_t typeIndex);

  // A wasm function whose context is an abi::HostBinding: checks the stack, calls the host's C
  // function, and traps if that asked for a stop.
  llvm::Function* hostThunk(const wasm::FuncType& type, uint32_t typeIndex);

  // A wasm function whose context is an abi::CrossInstanceCall: calls the function that this names,
  // with the segment base of its instance.
  llvm::Function* crossInstanceThunk(const wasm::FuncType& type, uint32_t typeIndex);

  // The fast entry of a function whose own entry is a tail entry.
  llvm::Function* fastThunk(uint32_t functionIndex);

  // Returns an array of words, which the loader fills with the addresses of libcalls.def. Also
  // defines a function of each row's name that jumps to the row's address.
  llvm::GlobalVariable* libcalls();

 private:
  llvm::Function* create(llvm::FunctionType* type, const std::string& name);
  llvm::Value* swapSegment(llvm::IRBuilder<>& builder, llvm::Value* header, llvm::Value* base);
  void emitLibcallStub(uint32_t index, const char* name);
  void trapIf(llvm::IRBuilder<>& builder, llvm::Value* condition, abi::TrapCode code);

  ModuleBuilder& module_;
  const AbiLowering& abi_;
};

}  // namespace codegen
