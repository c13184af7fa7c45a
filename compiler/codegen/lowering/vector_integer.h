// Arithmetic of integer lanes that LLVM's IR has no single instruction for, or lowers badly
// (section 4.3.2).
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Shifts all lanes by one count. `operation` is Shl, AShr or LShr; `count` is an i32, taken modulo
// the width of a lane, as LLVM's own shifts do not.
llvm::Value* shiftLanes(const Lowering& build, llvm::Instruction::BinaryOps operation,
                        llvm::Value* lanes, llvm::Value* count);

// Returns the lower halves of the products. Lanes have 16 to 64 bits.
llvm::Value* multiplyLanes(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Returns the means of unsigned lanes of 8 or 16 bits, rounded up: (left + right + 1) / 2.
llvm::Value* averageRoundedUp(const Lowering& build, llvm::Value* left, llvm::Value* right);

}  // namespace codegen
