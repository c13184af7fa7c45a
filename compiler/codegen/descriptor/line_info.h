// From an object file back to what the descriptor says of its functions: their size, and from
// LLVM's line tables, in which a line is a byte offset in the wasm file, where their code is from.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/descriptor/function_info.h"
#include "compiler/codegen/target/object.h"

namespace codegen {

struct NamedFunction {
  const std::string& symbol;
  uint32_t wasmOffset;  // of its entry in the code section
};

// One FunctionInfo for each function, in order. `object` is one that emitCode made, and has them
// all.
std::vector<FunctionInfo> readFunctionInfos(const ObjectBytes& object,
                                            std::span<const NamedFunction> functions);

}  // namespace codegen
