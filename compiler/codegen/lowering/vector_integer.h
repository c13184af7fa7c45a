// The lowering of arithmetic on integer lanes for which LLVM IR has no single instruction, or one
// that is selected badly (section 4.3.2).
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Returns the lanes, all shifted by one count. `operation` is Shl, AShr or LShr. `count` is an i32
// that is taken modulo the width of a lane in bits; in LLVM a larger count yields poison.
llvm::Value* shiftLanes(const Lowering& build, llvm::Instruction::BinaryOps operation,
                        llvm::Value* lanes, llvm::Value* count);

// Returns the products modulo 2^bits. Lanes have 16 to 64 bits.
llvm::Value* multiplyLanes(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Returns the averages of unsigned lanes of 8 or 16 bits, rounded up: (left + right + 1) / 2
// without overflow.
llvm::Value* averageRoundedUp(const Lowering& build, llvm::Value* left, llvm::Value* right);

}  // namespace codegen
