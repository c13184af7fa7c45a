// Instructions on 128-bit integers, each of which is two i64 operands, the low half first (the wide
// arithmetic proposal). They are translated to i128, which LLVM splits into operations with carry.
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::Instruction;
using llvm::Value;

constexpr uint64_t kHalfBits = 64;

// Pops the high half, then the low one, and returns an i128.
Value* popWide(FunctionBuilder& f) {
  llvm::Type* wide = f.ir.getInt128Ty();
  Value* high = f.ir.CreateShl(f.ir.CreateZExt(f.pop(), wide), kHalfBits);
  Value* low = f.ir.CreateZExt(f.pop(), wide);
  return f.ir.CreateOr(high, low);
}

// Pushes the low half of an i128, then the high one.
void pushWide(FunctionBuilder& f, Value* value) {
  llvm::Type* half = f.ir.getInt64Ty();
  f.push(f.ir.CreateTrunc(value, half));
  f.push(f.ir.CreateTrunc(f.ir.CreateLShr(value, kHalfBits), half));
}

// Pops four operands and pushes a sum or difference modulo 2^128.
void wideSum(FunctionBuilder& f, Instruction::BinaryOps operation) {
  Value* right = popWide(f);
  Value* left = popWide(f);
  pushWide(f, f.ir.CreateBinOp(operation, left, right));
}

// Pops two i64 and pushes their whole product. LLVM recognizes it as one widening multiplication.
void wideProduct(FunctionBuilder& f, Instruction::CastOps extend) {
  llvm::Type* wide = f.ir.getInt128Ty();
  Value* right = f.ir.CreateCast(extend, f.pop(), wide);
  Value* left = f.ir.CreateCast(extend, f.pop(), wide);
  pushWide(f, f.ir.CreateMul(left, right));
}

}  // namespace

void wideAdd(FunctionBuilder& f, const Inst&) { wideSum(f, Instruction::Add); }
void wideSub(FunctionBuilder& f, const Inst&) { wideSum(f, Instruction::Sub); }
void wideMulS(FunctionBuilder& f, const Inst&) { wideProduct(f, Instruction::SExt); }
void wideMulU(FunctionBuilder& f, const Inst&) { wideProduct(f, Instruction::ZExt); }

}  // namespace codegen::emit
