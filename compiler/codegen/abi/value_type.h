// The conversion of value types to the form of the descriptor.
#pragma once

#include "compiler/wasm/module.h"
#include "runtime/abi/types.h"

namespace codegen {

// Returns the descriptor's form of a type that a valid module can declare, which the bottom type is
// not. The kind of a reference is the hierarchy of its heap type: all references to functions,
// nullable or not, are FuncRef. Concrete types keep the module's type index.
abi::ValueType valueType(const wasm::Module& module, wasm::ValueType type);

}  // namespace codegen
