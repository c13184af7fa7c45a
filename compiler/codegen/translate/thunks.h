// Thunks, the adapters between calling conventions: for a function type, an entry thunk (the host
// calls a guest), a host thunk (a guest calls the host) and a cross-instance thunk (a guest calls a
// function of another instance); fast entries of functions whose code is a tail entry; and stubs
// for the C functions that LLVM may call. docs/abi.md describes conventions and layouts.
#pragma once

#include <functional>

#include "compiler/codegen/translate/builder/module_builder.h"

namespace codegen {

// Emits thunks into the llvm::Module of a ModuleBuilder, which must outlive the emitter. Each
// member function defines one thunk and returns it; it must be called at most once for the same
// type or function. The llvm::Module owns the thunks.
class ThunkEmitter {
 public:
  explicit ThunkEmitter(ModuleBuilder& module) : module_(module), abi_(module.abi()) {}

  // Defines void(ptr context, ptr fastEntry, ptr slots) with the C calling convention. It loads the
  // arguments from the slots, calls the entry and stores the results over the arguments. `slots`
  // must have room for the larger number of the two, and is aligned to 16 bytes.
  llvm::Function* entryThunk(const wasm::FuncType& type, uint32_t typeIndex);

  // Defines a wasm function whose context is an abi::HostBinding. It traps with CallStackExhausted
  // if less than abi::kHostStack bytes of stack are left, calls the host's C function, and traps
  // with Host, or throws, if that has set ExecState::hostTrapPending.
  llvm::Function* hostThunk(const wasm::FuncType& type, uint32_t typeIndex);

  // Defines a wasm function whose context is an abi::CrossInstanceCall. It sets the segment base of
  // the callee's instance, calls the function that the context refers to, and restores the base,
  // also if the function throws. A trap does not return through it; the host's entry restores the
  // base then.
  llvm::Function* crossInstanceThunk(const wasm::FuncType& type, uint32_t typeIndex);

  // Defines the fast entry of a function whose code is a tail entry.
  llvm::Function* fastThunk(uint32_t functionIndex);

  // Returns an array of pointers, which the loader fills with the addresses of the functions in
  // libcalls.def. Also defines a function with each row's name that jumps to the row's address.
  llvm::GlobalVariable* libcalls();

 private:
  llvm::Function* create(llvm::FunctionType* type, const std::string& name);
  llvm::Value* swapSegment(llvm::IRBuilder<>& builder, llvm::Value* header, llvm::Value* base);
  // Adds a call of a wasm function. If it throws, the code that `emitCleanup` adds runs, and the
  // exception goes on. args[0] is the callee's context.
  llvm::InvokeInst* callWithPad(llvm::IRBuilder<>& builder, llvm::Function* thunk,
                                llvm::FunctionType* type, llvm::Value* callee,
                                llvm::ArrayRef<llvm::Value*> args,
                                const std::function<void()>& emitCleanup);
  void emitLibcallStub(uint32_t index, const char* name);
  // Adds the end of a host function's call that has requested one, if `condition` is true: throws
  // the pending exception, or traps with Host if there is none.
  void stopIf(llvm::IRBuilder<>& builder, llvm::Value* condition, llvm::Value* binding,
              llvm::Value* state);
  void trapIf(llvm::IRBuilder<>& builder, llvm::Value* condition, abi::TrapCode code);

  ModuleBuilder& module_;
  const AbiLowering& abi_;
};

}  // namespace codegen
