// The lowering of arithmetic on floats, for scalars and vector lanes (section 4.3.3).
//
// LLVM does not specify which NaN an operation yields, and may fold x * 1 to x even for a signaling
// NaN. WebAssembly demands that the NaNs that arithmetic yields are quiet ("NaN Propagation"); the
// deterministic profile demands the positive canonical NaN.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Return the results of fadd, fsub, fmul and fdiv. Operands and result have the same type.
llvm::Value* floatAdd(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatSub(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatMul(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatDiv(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Returns left * right + addend: rounded once where the target has an instruction for that, else
// twice. The deterministic profile always rounds twice.
llvm::Value* relaxedMultiplyAdd(const Lowering& build, llvm::Value* left, llvm::Value* right,
                                llvm::Value* addend);

// Returns the result of fsqrt.
llvm::Value* floatSqrt(const Lowering& build, llvm::Value* value);

// Return `value` converted from f64 to f32, and from f32 to f64. `type` is that of the result, and
// has as many lanes as the value.
llvm::Value* floatDemote(const Lowering& build, llvm::Value* value, llvm::Type* type);
llvm::Value* floatPromote(const Lowering& build, llvm::Value* value, llvm::Type* type);

// Returns `value`, the result of an operation, with its NaNs replaced by the canonical NaN in the
// deterministic profile. Returns the value itself in the full profile.
llvm::Value* madeFloat(const Lowering& build, llvm::Value* value);

// Returns a copy of the value that LLVM's analyses do not see through, so that operations on it are
// not folded: folding would let signaling NaNs through. Emits no instruction
// (llvm.arithmetic.fence).
llvm::Value* opaque(const Lowering& build, llvm::Value* value);

// Returns the quiet, positive NaN whose payload is the top bit alone (section 4.3.3); a splat if
// `type` is a vector.
llvm::Constant* canonicalNan(llvm::Type* type);

// Returns an operand for an operation whose result does not depend on the bits of a NaN operand. In
// the deterministic profile this is the value before madeFloat, so that a chain of operations
// replaces its NaNs once, at its end.
llvm::Value* numericOperand(const Lowering& build, llvm::Value* value);

// Returns whether `value` is a constant and some lane of it, or the scalar, satisfies the predicate
// or is not known (undef).
bool hasLane(const llvm::Value* value, llvm::function_ref<bool(const llvm::APFloat&)> predicate);

}  // namespace codegen
