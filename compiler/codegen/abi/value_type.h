// Value types as the descriptor has them.
#pragma once

#include "compiler/wasm/module.h"
#include "runtime/abi/types.h"

namespace codegen {

// Returns the descriptor's form of a type that a valid module can declare. Its kind tells the
// hierarchy of a reference: all references to functions, nullable or not, are FuncRef.
abi::ValueType valueType(const wasm::Module& module, wasm::ValueType type);

}  // namespace codegen
