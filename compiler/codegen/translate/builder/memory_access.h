// Loads and stores at effective addresses (section 4.4.7).
//
// A load must trap also where its value is never used, so that it is volatile where the access
// itself is what traps; passes/traps finds those that need not be.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// How many bytes of memory `inst` reads or writes.
uint32_t accessBytes(const Inst& inst);

// Returns all the bytes that `inst` reads at `index`, as one `type` of that size.
llvm::Value* loadAs(FunctionBuilder& f, llvm::Type* type, const Inst& inst, llvm::Value* index);

// Returns the effective address of `inst`, for storeTo.
llvm::Value* addressOf(FunctionBuilder& f, const Inst& inst, llvm::Value* index);

// Stores `value`, of the size that `inst` writes, to an `address` that addressOf has returned.
void storeTo(FunctionBuilder& f, llvm::Value* address, llvm::Value* value, const Inst& inst);

}  // namespace codegen
