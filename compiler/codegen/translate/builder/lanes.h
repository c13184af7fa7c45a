// Vectors as lanes. On the operand stack, in locals and in calls a v128 is <2 x i64>; an
// instruction takes it as the lanes that its keyword names.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen {

struct LanePair {
  llvm::Value* left;
  llvm::Value* right;
};

// Returns the vector type with these lanes.
llvm::FixedVectorType* lanes(FunctionBuilder& f, wasm::LaneShape shape);

// The lanes of `inst`, as its keyword divides the vector. It must name some.
llvm::FixedVectorType* lanesOf(FunctionBuilder& f, const Inst& inst);

// 16 lanes of 8 bits.
llvm::FixedVectorType* byteLanes(FunctionBuilder& f);

// Pops a vector, as lanes of `type`.
llvm::Value* popLanes(FunctionBuilder& f, llvm::FixedVectorType* type);
LanePair popLanePair(FunctionBuilder& f, llvm::FixedVectorType* type);

// Pushes a vector of 16 bytes, of any lanes.
void pushLanes(FunctionBuilder& f, llvm::Value* vector);

// Each pops two vectors, as lanes of `type` or of `inst`, and pushes what one operation makes of
// them.
void combineLanes(FunctionBuilder& f, llvm::FixedVectorType* type, BinaryLowering combine);
void combineLanes(FunctionBuilder& f, const Inst& inst, BinaryLowering combine);
void combineLanes(FunctionBuilder& f, const Inst& inst, llvm::Instruction::BinaryOps operation);
void combineLanes(FunctionBuilder& f, const Inst& inst, llvm::Intrinsic::ID id);

}  // namespace codegen
