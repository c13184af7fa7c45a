// Conversions between lanes of floats and of 32-bit integers (section 4.3.4). Those between f64 and
// 32 bits use the two low lanes of the narrower; the two high ones of a narrow result are zero.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// NaNs become 0; what is out of range, the bound.
llvm::Value* truncSatLanesS(const Lowering& build, llvm::Value* f32x4);
llvm::Value* truncSatLanesU(const Lowering& build, llvm::Value* f32x4);
llvm::Value* truncSatZeroS(const Lowering& build, llvm::Value* f64x2);
llvm::Value* truncSatZeroU(const Lowering& build, llvm::Value* f64x2);

// NaNs and what is out of range become what is cheapest.
llvm::Value* relaxedTruncationS(const Lowering& build, llvm::Value* f32x4);
llvm::Value* relaxedTruncationU(const Lowering& build, llvm::Value* f32x4);
llvm::Value* relaxedTruncationZeroS(const Lowering& build, llvm::Value* f64x2);
llvm::Value* relaxedTruncationZeroU(const Lowering& build, llvm::Value* f64x2);

llvm::Value* convertLanesS(const Lowering& build, llvm::Value* i32x4);
llvm::Value* convertLanesU(const Lowering& build, llvm::Value* i32x4);
llvm::Value* convertLowS(const Lowering& build, llvm::Value* i32x4);
llvm::Value* convertLowU(const Lowering& build, llvm::Value* i32x4);

llvm::Value* demoteZero(const Lowering& build, llvm::Value* f64x2);
llvm::Value* promoteLow(const Lowering& build, llvm::Value* f32x4);

}  // namespace codegen
