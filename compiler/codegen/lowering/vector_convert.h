// The lowering of conversions between lanes of floats and of 32-bit integers (section 4.3.4).
//
// Parameters are named after the type of their lanes. Conversions between two lanes of 64 bits and
// four of 32 bits read or write the two low lanes of the latter; the two high lanes of a narrow
// result are zero.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Return floats converted to integers with saturation: a NaN becomes 0, and a value out of range
// becomes the nearest bound.
llvm::Value* truncSatLanesS(const Lowering& build, llvm::Value* f32x4);
llvm::Value* truncSatLanesU(const Lowering& build, llvm::Value* f32x4);
llvm::Value* truncSatZeroS(const Lowering& build, llvm::Value* f64x2);
llvm::Value* truncSatZeroU(const Lowering& build, llvm::Value* f64x2);

// Return the same for the relaxed instructions: the results for NaNs and values out of range are
// those of the target's cheapest instruction; in the deterministic profile they are as above.
llvm::Value* relaxedTruncationS(const Lowering& build, llvm::Value* f32x4);
llvm::Value* relaxedTruncationU(const Lowering& build, llvm::Value* f32x4);
llvm::Value* relaxedTruncationZeroS(const Lowering& build, llvm::Value* f64x2);
llvm::Value* relaxedTruncationZeroU(const Lowering& build, llvm::Value* f64x2);

// Return integers converted to floats, rounded to nearest. Conversions to f64 are exact.
llvm::Value* convertLanesS(const Lowering& build, llvm::Value* i32x4);
llvm::Value* convertLanesU(const Lowering& build, llvm::Value* i32x4);
llvm::Value* convertLowS(const Lowering& build, llvm::Value* i32x4);
llvm::Value* convertLowU(const Lowering& build, llvm::Value* i32x4);

// Return lanes converted from f64 to f32, and from f32 to f64.
llvm::Value* demoteZero(const Lowering& build, llvm::Value* f64x2);
llvm::Value* promoteLow(const Lowering& build, llvm::Value* f32x4);

}  // namespace codegen
