// Value types as the descriptor has them.
#pragma once

#include "compiler/wasm/module.h"
#include "runtime/abi/types.h"

namespace codegen {

// All references to functions are FuncRefs, nullable or not, and so for the other hierarchies.
abi::ValueType valueType(const wasm::Module& module, wasm::ValueType type);

}  // namespace codegen
