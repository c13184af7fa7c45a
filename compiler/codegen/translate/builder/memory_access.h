// Loads and stores of linear memory (section 4.4.7).
//
// A load must trap even if its value is never used. So a load without an explicit check is
// volatile; the passes in passes/traps find the loads that need not be. docs/traps.md has the whole
// argument.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// Returns the number of bytes of memory that `inst` reads or writes.
uint32_t accessBytes(const Inst& inst);

// Adds a load of the bytes that `inst` reads at `index`, with a check if the memory needs one, and
// returns the value. `type` must have accessBytes(inst) bytes. Loads are unaligned: WebAssembly's
// alignment is only a hint.
llvm::Value* loadAs(FunctionBuilder& f, llvm::Type* type, const Inst& inst, llvm::Value* index);

// Returns the effective address of `inst` for the operand `index`, with a check if the memory needs
// one.
llvm::Value* addressOf(FunctionBuilder& f, const Inst& inst, llvm::Value* index);

// Adds an unaligned store of `value`, which must have accessBytes(inst) bytes, to an `address` that
// addressOf has returned for `inst`.
void storeTo(FunctionBuilder& f, llvm::Value* address, llvm::Value* value, const Inst& inst);

}  // namespace codegen
