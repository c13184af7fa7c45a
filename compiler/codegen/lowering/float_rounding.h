// fceil, ffloor, ftrunc and fnearest, of scalars and of lanes alike (section 4.3.3). x86-64 has
// instructions for them since SSE4.1; before, they are made of arithmetic.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

llvm::Value* floatCeil(const Lowering& build, llvm::Value* value);
llvm::Value* floatFloor(const Lowering& build, llvm::Value* value);
llvm::Value* floatTrunc(const Lowering& build, llvm::Value* value);
llvm::Value* floatNearest(const Lowering& build, llvm::Value* value);

}  // namespace codegen
