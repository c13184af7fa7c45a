// The lowering of rounding to integral values, for float scalars and vector lanes (section 4.3.3).
// x86-64 has instructions for it since SSE4.1; for older CPUs the lowering consists of arithmetic.
// NaNs become quiet, and a zero result has the sign of the operand.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Return the results of fceil, ffloor, ftrunc and fnearest, which rounds ties to even. The type is
// that of the operand.
llvm::Value* floatCeil(const Lowering& build, llvm::Value* value);
llvm::Value* floatFloor(const Lowering& build, llvm::Value* value);
llvm::Value* floatTrunc(const Lowering& build, llvm::Value* value);
llvm::Value* floatNearest(const Lowering& build, llvm::Value* value);

}  // namespace codegen
