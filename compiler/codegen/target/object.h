// Emits machine code.
#pragma once

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

// The contents of an object file or of an assembly listing.
using ObjectBytes = llvm::SmallVector<char, 0>;
enum class CodeFile : uint8_t { Object, Assembly };

// Returns the code of an optimised module. The back end changes the module, which must not be
// emitted again.
ObjectBytes emitCode(llvm::Module& module, llvm::TargetMachine& machine, CodeFile kind);

}  // namespace codegen
