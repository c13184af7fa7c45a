// Explicit traps. Accesses to memories with guard pages trap by hardware faults instead
// (address.h).
#pragma once

#include <llvm/IR/Value.h>

#include "runtime/abi/types.h"

namespace codegen {

struct FunctionBuilder;

// Adds a trap with `code` that is executed if the i1 `condition` is true. A new block becomes the
// current one. Adds no code if the condition is the constant false.
void trapIf(FunctionBuilder& f, llvm::Value* condition, abi::TrapCode code);

// Ends the current block with a trap.
void trapNow(FunctionBuilder& f, abi::TrapCode code);

}  // namespace codegen
