// Conversions between lanes of floats and of 32-bit integers (section 4.3.4).
//
// Parameters are named by the lanes they have. Conversions between two lanes of 64 bits and four of
// 32 bits read or write the two low lanes of the latter; the two high lanes of a narrow result are
// zero.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Floats to integers: NaNs become 0, and what is out of range becomes the nearest bound.
llvm::Value* truncSatLanesS(const Lowering& build, llvm::Value* f32x4);
llvm::Value* truncSatLanesU(const Lowering& build, llvm::Value* f32x4);
llvm::Value* truncSatZeroS(const Lowering& build, llvm::Value* f64x2);
llvm::Value* truncSatZeroU(const Lowering& build, llvm::Value* f64x2);

// The relaxed ones: NaNs and what is out of range become what is cheapest on the
// target; in the deterministic profile, as above.
llvm::Value* relaxedTruncationS(const Lowering& build, llvm::Value* f32x4);
llvm::Value* relaxedTruncationU(const Lowering& build, llvm::Value* f32x4);
llvm::Value* relaxedTruncationZeroS(const Lowering& build, llvm::Value* f64x2);
llvm::Value* relaxedTruncationZeroU(const Lowering& build, llvm::Value* f64x2);

// Integers to floats, rounded to nearest; those to f64 are exact.
llvm::Value* convertLanesS(const Lowering& build, llvm::Value* i32x4);
llvm::Value* convertLanesU(const Lowering& build, llvm::Value* i32x4);
llvm::Value* convertLowS(const Lowering& build, llvm::Value* i32x4);
llvm::Value* convertLowU(const Lowering& build, llvm::Value* i32x4);

// Between f64 and f32.
llvm::Value* demoteZero(const Lowering& build, llvm::Value* f64x2);
llvm::Value* promoteLow(const Lowering& build, llvm::Value* f32x4);

}  // namespace codegen
