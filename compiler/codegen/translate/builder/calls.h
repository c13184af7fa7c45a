// Calls of WebAssembly functions, and of the runtime's builtins.
#pragma once

#include <optional>

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// A function to be called: its code, the context that it is called with, and how it is entered.
struct Callee {
  llvm::Value* code;
  llvm::Value* context;
  Entry entry;
};

// Own function `functionIndex`, which shares this function's context.
Callee ownCallee(FunctionBuilder& f, uint32_t functionIndex);

// The function at `entries`, which points to an abi::ImportedFunction or to an abi::FuncRef, which
// begins like one.
Callee calleeAt(FunctionBuilder& f, llvm::Value* entries, Entry entry);

// Returns a pointer to the abi::ImportedFunction of an imported function.
llvm::Value* importedEntries(FunctionBuilder& f, uint32_t functionIndex);

// Returns a callee with which a function that a reference or a table has led to can be called. It
// may be one of another instance, whose code needs another segment base: then that is the thunk for
// its type, with an abi::CrossInstanceCall to the function as its context.
Callee crossIfForeign(FunctionBuilder& f, uint32_t typeIndex, const Callee& callee);

// Pops the arguments, calls, pushes the results.
void emitCall(FunctionBuilder& f, const wasm::FuncType& type, const Callee& callee);

// Calls and returns the results. Through a tail entry the frame is given up first. Does not mark
// what follows as unreachable.
void emitReturnCall(FunctionBuilder& f, const wasm::FuncType& type, const Callee& callee,
                    const Values& args);

// Pops the arguments of a tail call of the function at `entries`, which only at run time turns out
// to have a tail entry or not. `referenceType`: the type index, if a reference has led there.
// Nothing that follows can be reached.
void returnCallThrough(FunctionBuilder& f, const wasm::FuncType& type, llvm::Value* entries,
                       std::optional<uint32_t> referenceType);

// Returns the thread's abi::ExecState.
llvm::Value* execState(FunctionBuilder& f);

// Returns the buffer for results that are not returned in registers: a pointer to abi::Slot.
llvm::Value* resultsBuffer(FunctionBuilder& f);

// Calls a builtin with this function's context and `args`, and returns what it returns.
llvm::Value* callBuiltin(FunctionBuilder& f, const Builtin& builtin,
                         llvm::ArrayRef<llvm::Value*> args);

// The same for builtins that return a trap code, or 0 if they have done it: all their failures are
// `code`.
void callTrappingBuiltin(FunctionBuilder& f, const Builtin& builtin,
                         llvm::ArrayRef<llvm::Value*> args, abi::TrapCode code);

}  // namespace codegen
