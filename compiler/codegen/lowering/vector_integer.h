// Arithmetic of integer lanes for which LLVM's IR has no one instruction.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// `operation` is Shl, AShr or LShr; `count` is an i32, taken modulo the lanes' width.
llvm::Value* shiftLanes(const Lowering& build, llvm::Instruction::BinaryOps operation,
                        llvm::Value* lanes, llvm::Value* count);

llvm::Value* multiplyLanes(const Lowering& build, llvm::Value* left, llvm::Value* right);

// The mean of unsigned lanes, rounded up.
llvm::Value* averageRoundedUp(const Lowering& build, llvm::Value* left, llvm::Value* right);

}  // namespace codegen
