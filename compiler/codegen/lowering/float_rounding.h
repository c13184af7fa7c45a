// Rounding of floats to whole numbers, scalars and lanes alike (section 4.3.3). x86-64 has
// instructions for it since SSE4.1; without them it is done by arithmetic. NaNs become quiet, and
// zeros keep the sign of the operand.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// fceil, ffloor, ftrunc and fnearest; the last rounds halves to even.
llvm::Value* floatCeil(const Lowering& build, llvm::Value* value);
llvm::Value* floatFloor(const Lowering& build, llvm::Value* value);
llvm::Value* floatTrunc(const Lowering& build, llvm::Value* value);
llvm::Value* floatNearest(const Lowering& build, llvm::Value* value);

}  // namespace codegen
