// Calls through fields of structs, such as those of virtual tables. If few functions are stored in
// a field (plan/stored_functions.h), the reference is compared with each of them first, so that
// LLVM can inline the call.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// Notes which functions a reference that has been loaded from a field is likely to be.
void noteLikelyCallees(FunctionBuilder& f, llvm::Value* reference, uint32_t typeIndex,
                       uint32_t field);

// Pops the arguments, adds calls of the likely functions, and of any other one, for the reference,
// which is not null and has the function type `typeIndex`, and pushes the results.
void emitReferenceCall(FunctionBuilder& f, uint32_t typeIndex, llvm::Value* reference);

}  // namespace codegen
