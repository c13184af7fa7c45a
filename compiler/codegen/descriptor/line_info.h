// The reader of function sizes and source positions of an object file. Sizes come from the ELF
// symbol table, positions from the DWARF line table and the DW_TAG_inlined_subroutine entries. The
// line numbers in them are byte offsets in the wasm file (ModuleBuilder::createSubprogram).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/descriptor/function_info.h"
#include "compiler/codegen/target/object.h"

namespace codegen {

// A function to look up. `symbol` must outlive the call that it is passed to.
struct NamedFunction {
  const std::string& symbol;
  uint32_t wasmOffset;  // byte offset in the wasm file of the function's code section entry
};

// Returns a FunctionInfo for each of `functions`, in the same order. Requires that `object` is an
// object file made by emitCode that defines all of them, in one text section. Thread-safe.
std::vector<FunctionInfo> readFunctionInfos(const ObjectBytes& object,
                                            std::span<const NamedFunction> functions);

}  // namespace codegen
