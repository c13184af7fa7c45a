// Arithmetic on floats, on scalars and on lanes alike (section 4.3.3). LLVM says little about NaNs;
// WebAssembly wants those that arithmetic makes quiet, and the deterministic profile wants them
// positive and canonical.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

llvm::Value* floatAdd(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatSub(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatMul(const Lowering& build, llvm::Value* left, llvm::Value* right);
llvm::Value* floatDiv(const Lowering& build, llvm::Value* left, llvm::Value* right);

// left * right + addend, rounded once where the target has an instruction for that.
llvm::Value* relaxedMultiplyAdd(const Lowering& build, llvm::Value* left, llvm::Value* right,
                                llvm::Value* addend);

llvm::Value* floatSqrt(const Lowering& build, llvm::Value* value);

// `type` has as many lanes as the value.
llvm::Value* floatDemote(const Lowering& build, llvm::Value* value, llvm::Type* type);
llvm::Value* floatPromote(const Lowering& build, llvm::Value* value, llvm::Type* type);

// What an operation made: in the deterministic profile, with canonical NaNs.
llvm::Value* madeFloat(const Lowering& build, llvm::Value* value);

// The value as one that LLVM knows nothing about, so that it does not fold operations on it: it
// would hand signalling NaNs through. Costs no instruction.
llvm::Value* opaque(const Lowering& build, llvm::Value* value);

llvm::Constant* canonicalNan(llvm::Type* type);

// An operand of which the operation sees only whether it is a NaN, not which one: in the
// deterministic profile the value before madeFloat, so that a chain of operations has its NaNs made
// canonical once, at its end.
llvm::Value* numericOperand(const Lowering& build, llvm::Value* value);

// Whether a lane of a constant, or a scalar constant, satisfies the predicate or is not known. Not
// so for what is no constant.
bool hasLane(const llvm::Value* value, llvm::function_ref<bool(const llvm::APFloat&)> predicate);

}  // namespace codegen
