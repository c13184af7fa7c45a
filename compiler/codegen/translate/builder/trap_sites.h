// Where code traps by itself. Accesses to guarded memory trap in hardware instead (address.h).
#pragma once

#include <llvm/IR/Value.h>

#include "runtime/abi/types.h"

namespace codegen {

struct FunctionBuilder;

// Traps with `code` if the i1 `condition` holds, and goes on in a new block if not. Adds nothing if
// the condition is known to be false.
void trapIf(FunctionBuilder& f, llvm::Value* condition, abi::TrapCode code);

// Ends the current block with a trap.
void trapNow(FunctionBuilder& f, abi::TrapCode code);

}  // namespace codegen
