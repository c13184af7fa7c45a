// Arithmetic on floats, scalars and lanes alike (section 4.3.3).
//
// LLVM leaves open which NaN an operation yields, and may fold x * 1 to x even for a signalling
// NaN. WebAssembly demands that NaNs of arithmetic are quiet; the deterministic profile, that they
// are positive and canonical.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// fadd, fsub, fmul and fdiv. Both operands have the same type, which is the result's.
llvm::Value* floatAdd(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatSub(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatMul(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatDiv(const Lowering& build, llvm::Value* left, llvm::Value* right);

// Returns left * right + addend: rounded once where the target has an instruction for that, else
// twice. The deterministic profile always rounds twice.
llvm::Value* relaxedMultiplyAdd(const Lowering& build, llvm::Value* left, llvm::Value* right,
                                llvm::Value* addend);

// fsqrt.
llvm::Value* floatSqrt(const Lowering& build, llvm::Value* value);

// The conversions between f32 and f64. `type` is the result's, and has as many lanes as the value.
llvm::Value* floatDemote(const Lowering& build, llvm::Value* value, llvm::Type* type);
llvm::Value* floatPromote(const Lowering& build, llvm::Value* value, llvm::Type* type);

// Returns the result of an operation with its NaNs made canonical in the deterministic profile;
// elsewhere the value itself.
llvm::Value* madeFloat(const Lowering& build, llvm::Value* value);

// Returns the value as one that LLVM knows nothing about, so that it does not fold operations on
// it: folding would let signalling NaNs through. Costs no instruction (llvm.arithmetic.fence).
llvm::Value* opaque(const Lowering& build, llvm::Value* value);

// Returns the quiet, positive NaN whose payload is the top bit alone (section 4.3.3); a splat if
// `type` is a vector.
llvm::Constant* canonicalNan(llvm::Type* type);

// Returns what an operation may take for an operand if it does not matter to it which NaN that is.
// In the deterministic profile this is the value before madeFloat, so that a chain of operations
// has its NaNs made canonical once, at its end.
llvm::Value* numericOperand(const Lowering& build, llvm::Value* value);

// Whether `value` is a constant of which some lane, or the scalar, satisfies the predicate or is
// not known (undef).
bool hasLane(const llvm::Value* value, llvm::function_ref<bool(const llvm::APFloat&)> predicate);

}  // namespace codegen
