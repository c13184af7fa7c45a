// Calls of WebAssembly functions, and of the runtime's builtins (section 4.4.8; docs/abi.md).
#pragma once

#include <optional>

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// A function to be called: its code, the context that it takes, and its calling convention.
struct Callee {
  llvm::Value* code;
  llvm::Value* context;
  Entry entry;
};

// Return function `functionIndex`, which is not an import, with this function's context: to be
// called in tail position, or by emitCall().
Callee ownCallee(FunctionBuilder& f, uint32_t functionIndex);
Callee ownCalleeOfCall(FunctionBuilder& f, uint32_t functionIndex);

// Returns a reference to a function that `ref.func` names: a pointer to its abi::FuncRef, in the
// context.
llvm::Value* functionReference(FunctionBuilder& f, uint32_t functionIndex);

// Returns the function that `entries` points to: an abi::ImportedFunction, or an abi::FuncRef,
// which begins with the same members. With Entry::Tail its code may be null.
Callee calleeAt(FunctionBuilder& f, llvm::Value* entries, Entry entry);

// Returns a pointer to the abi::ImportedFunction of an imported function, in the context.
llvm::Value* importedEntries(FunctionBuilder& f, uint32_t functionIndex);

// Returns a callee for a call through a reference or a table, whose function may belong to another
// instance and need another segment base. If the contexts differ at run time, the callee is the
// cross-instance thunk for the type, with an abi::CrossInstanceCall in this function's frame as its
// context. Only one such callee may be in use at a time. Returns `callee` itself for targets
// without a segment base.
Callee crossIfForeign(FunctionBuilder& f, uint32_t typeIndex, const Callee& callee);

// Pops the arguments, adds a call, and pushes the results. An exception that the callee throws goes
// to the handler at this place (exception_handlers.h).
void emitCall(FunctionBuilder& f, const wasm::FuncType& type, const Callee& callee);

// Adds a call and a return of its results. A call of a tail entry is a `musttail` call, which
// releases the frame first. Does not mark the code behind it as unreachable.
void emitReturnCall(FunctionBuilder& f, const wasm::FuncType& type, const Callee& callee,
                    const Values& args);

// Pops the arguments and adds a tail call of the function that `entries` points to. Whether it has
// a tail entry is tested at run time; if not, its fast entry is called and its results are
// returned. `referenceType` is the type index for calls through a reference or a table, whose
// function may belong to another instance; it is empty for imports. Marks the code behind it as
// unreachable.
void returnCallThrough(FunctionBuilder& f, const wasm::FuncType& type, llvm::Value* entries,
                       std::optional<uint32_t> referenceType);

// Returns a pointer to the abi::ExecState of the store.
llvm::Value* execState(FunctionBuilder& f);

// Returns a pointer to the buffer for results that are not returned in registers, an array of
// abi::Slot.
llvm::Value* resultsBuffer(FunctionBuilder& f);

// Adds a call of a builtin with this function's context and `args`, and returns its result.
llvm::Value* callBuiltin(FunctionBuilder& f, const Builtin& builtin,
                         llvm::ArrayRef<llvm::Value*> args);

// Adds a call of a builtin that returns 0 on success, and a trap with `code` for other results.
void callTrappingBuiltin(FunctionBuilder& f, const Builtin& builtin,
                         llvm::ArrayRef<llvm::Value*> args, abi::TrapCode code);

}  // namespace codegen
