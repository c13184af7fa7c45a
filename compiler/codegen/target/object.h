// The emission of machine code: LLVM's back end from an optimized module to an object file.
#pragma once

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

// The contents of an ELF relocatable object file or of an assembly listing.
using ObjectBytes = llvm::SmallVector<char, 0>;
// The kinds of output.
enum class CodeFile : uint8_t { Object, Assembly };

// Returns the code of a module for the target of `machine`, which must also be the module's. The
// back end changes the module, which must not be emitted again. Module and machine are used by one
// thread; different ones may be emitted at the same time.
ObjectBytes emitCode(llvm::Module& module, llvm::TargetMachine& machine, CodeFile kind);

}  // namespace codegen
