// Reads from an object file what the descriptor says about its functions: their sizes from the
// symbol table, and the offsets in the wasm file that their code belongs to from the DWARF line
// table, in which line numbers are byte offsets.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/descriptor/function_info.h"
#include "compiler/codegen/target/object.h"

namespace codegen {

// A function to look up.
struct NamedFunction {
  const std::string& symbol;
  uint32_t wasmOffset;  // of its entry in the code section
};

// Returns a FunctionInfo for each of `functions`, in the same order. `object` must be an object
// file made by emitCode that defines all of them.
std::vector<FunctionInfo> readFunctionInfos(const ObjectBytes& object,
                                            std::span<const NamedFunction> functions);

}  // namespace codegen
