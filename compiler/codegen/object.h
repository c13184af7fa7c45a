// From optimised IR to an object file or assembly in memory, and back from the object to what the
// descriptor says of its functions.
#pragma once

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include <span>
#include <string>

#include "compiler/codegen/function_info.h"
#include "runtime/base/result.h"

namespace codegen {

using ObjectBytes = llvm::SmallVector<char, 0>;

enum class CodeFile : uint8_t { Object, Assembly };

ObjectBytes emitCode(llvm::Module& module, llvm::TargetMachine& machine, CodeFile kind);

// Reads size and line table of the functions called `symbols` from an object that emitCode made;
// one FunctionInfo for each, in order.
std::vector<FunctionInfo> readFunctionInfos(const ObjectBytes& object,
                                            std::span<const std::string* const> symbols);

}  // namespace codegen
