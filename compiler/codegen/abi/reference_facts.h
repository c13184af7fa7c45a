// What LLVM may know about references by their static types: that a value is not null, and that it
// is a multiple of 8, which all references but i31 and words of the host are. So checks for null
// and for objects (type_check.h) fold. Passes also ask here whether a module has arrays at all.
#pragma once

#include <llvm/IR/Function.h>
#include <llvm/IR/Instructions.h>

#include "compiler/wasm/types.h"

namespace codegen {

// Adds the attributes of the parameters and of the single result of a WebAssembly function, of
// which `function` is a definition or a declaration, or `call` a call. The context is the first
// parameter.
void addReferenceFacts(llvm::Function& function, const wasm::FuncType& type);
void addReferenceFacts(llvm::CallBase& call, const wasm::FuncType& type);

// Adds the metadata of a load of a value of this type.
void addReferenceFacts(llvm::LoadInst& load, wasm::ValueType type);

// Note and tell whether code of a module computes addresses of elements of arrays.
void addArrayAccesses(llvm::Module& module);
bool hasArrayAccesses(const llvm::Module& module);

}  // namespace codegen
