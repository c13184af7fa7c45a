// Conversions between v128 operands and vectors of lanes. On the operand stack, in locals and in
// calls a v128 is <2 x i64>. An instruction operates on the lanes that its keyword names, as in
// `i32x4.add`.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

// The two operands of an instruction.
struct LanePair {
  llvm::Value* left;
  llvm::Value* right;
};

// Returns the vector type with lanes of this shape.
llvm::FixedVectorType* lanes(FunctionBuilder& f, wasm::LaneShape shape);

// Returns the vector type with the lanes that the keyword of `inst` names. It must name some.
llvm::FixedVectorType* lanesOf(FunctionBuilder& f, const Inst& inst);

// Returns <16 x i8>.
llvm::FixedVectorType* byteLanes(FunctionBuilder& f);

// Pops one v128, or two of which the right one is on top, and returns them as lanes of `type`.
llvm::Value* popLanes(FunctionBuilder& f, llvm::FixedVectorType* type);
LanePair popLanePair(FunctionBuilder& f, llvm::FixedVectorType* type);

// Pushes a vector of 16 bytes with any lanes as a v128.
void pushLanes(FunctionBuilder& f, llvm::Value* vector);

// Pop two vectors as lanes of `type`, or of `inst`, and push the result of an operation on them: of
// a lowering, of an LLVM instruction, or of an intrinsic.
void combineLanes(FunctionBuilder& f, llvm::FixedVectorType* type, BinaryLowering combine);
void combineLanes(FunctionBuilder& f, const Inst& inst, BinaryLowering combine);
void combineLanes(FunctionBuilder& f, const Inst& inst, llvm::Instruction::BinaryOps operation);
void combineLanes(FunctionBuilder& f, const Inst& inst, llvm::Intrinsic::ID id);

}  // namespace codegen
