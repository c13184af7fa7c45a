// From optimised IR to an object file or assembly in memory.
#pragma once

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

using ObjectBytes = llvm::SmallVector<char, 0>;

enum class CodeFile : uint8_t { Object, Assembly };

ObjectBytes emitCode(llvm::Module& module, llvm::TargetMachine& machine, CodeFile kind);

}  // namespace codegen
