// 128-bit integers as two i64, the low half first (the wide-arithmetic proposal). In the IR they
// are i128: LLVM takes the halves apart again, with the carry between them in a flag.
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::Instruction;
using llvm::Value;

namespace {

constexpr uint64_t kHalfBits = 64;

}  // namespace

Value* FunctionEmitter::popWide() {
  llvm::Type* wide = builder_.getInt128Ty();
  Value* high = builder_.CreateShl(builder_.CreateZExt(pop(), wide), kHalfBits);
  Value* low = builder_.CreateZExt(pop(), wide);
  return builder_.CreateOr(high, low);
}

void FunctionEmitter::pushWide(Value* value) {
  llvm::Type* half = builder_.getInt64Ty();
  push(builder_.CreateTrunc(value, half));
  push(builder_.CreateTrunc(builder_.CreateLShr(value, kHalfBits), half));
}

void FunctionEmitter::wideSum(Instruction::BinaryOps operation) {
  Value* right = popWide();
  Value* left = popWide();
  pushWide(builder_.CreateBinOp(operation, left, right));
}

void FunctionEmitter::wideProduct(Instruction::CastOps extend) {
  llvm::Type* wide = builder_.getInt128Ty();
  Value* right = builder_.CreateCast(extend, pop(), wide);
  Value* left = builder_.CreateCast(extend, pop(), wide);
  pushWide(builder_.CreateMul(left, right));
}

void FunctionEmitter::wideAdd(const Inst&) { wideSum(Instruction::Add); }
void FunctionEmitter::wideSub(const Inst&) { wideSum(Instruction::Sub); }
void FunctionEmitter::wideMulS(const Inst&) { wideProduct(Instruction::SExt); }
void FunctionEmitter::wideMulU(const Inst&) { wideProduct(Instruction::ZExt); }

}  // namespace codegen
