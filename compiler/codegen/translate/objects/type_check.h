// Checks of the dynamic type of a reference (section 4.4.2; runtime/abi/object.h).
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// Returns an i1: whether `reference` has the type (ref null? heap). It must be a reference of the
// same hierarchy.
llvm::Value* hasType(FunctionBuilder& f, llvm::Value* reference, wasm::HeapType heap,
                     bool nullable);

}  // namespace codegen
