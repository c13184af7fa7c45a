// Arithmetic on floats, on scalars and on lanes alike (section 4.3.3). LLVM says little about NaNs;
// WebAssembly wants those that arithmetic makes quiet, and the deterministic profile wants them
// positive and canonical.
#pragma once

#include <llvm/IR/Value.h>

#include "compiler/codegen/vector_builder.h"

namespace codegen {

llvm::Value* floatAdd(const VectorBuilder& b, llvm::Value* left, llvm::Value* right);
llvm::Value* floatSub(const VectorBuilder& b, llvm::Value* left, llvm::Value* right);
llvm::Value* floatMul(const VectorBuilder& b, llvm::Value* left, llvm::Value* right);
llvm::Value* floatDiv(const VectorBuilder& b, llvm::Value* left, llvm::Value* right);

// left * right + addend, rounded once.
llvm::Value* floatFma(const VectorBuilder& b, llvm::Value* left, llvm::Value* right,
                      llvm::Value* addend);

// fmin and fmax: a NaN operand gives a NaN, and -0 is less than +0.
llvm::Value* floatMin(const VectorBuilder& b, llvm::Value* left, llvm::Value* right);
llvm::Value* floatMax(const VectorBuilder& b, llvm::Value* left, llvm::Value* right);

llvm::Value* floatSqrt(const VectorBuilder& b, llvm::Value* value);

// `type` has as many lanes as the value.
llvm::Value* floatDemote(const VectorBuilder& b, llvm::Value* value, llvm::Type* type);
llvm::Value* floatPromote(const VectorBuilder& b, llvm::Value* value, llvm::Type* type);

// What an operation made: in the deterministic profile, with canonical NaNs.
llvm::Value* madeFloat(const VectorBuilder& b, llvm::Value* value);

// An operand of which the operation sees only whether it is a NaN, not which one: the value before
// madeFloat, so that a chain of operations has its NaNs made canonical once, at the end.
llvm::Value* numericOperand(llvm::Value* value);

// Whether a lane of a constant, or a scalar constant, satisfies the predicate or is not known. Not
// so for what is no constant.
bool hasLane(const VectorBuilder& b, llvm::Value* value,
             llvm::function_ref<bool(const llvm::APFloat&)> predicate);

}  // namespace codegen
