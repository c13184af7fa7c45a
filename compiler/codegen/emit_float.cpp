// Floating-point instructions (section 4.3.3).
#include "compiler/codegen/function_emitter.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

void FunctionEmitter::compareFloats(CmpInst::Predicate predicate) {
  Value* right = pop();
  Value* left = pop();
  push(builder_.CreateZExt(builder_.CreateFCmp(predicate, left, right), builder_.getInt32Ty()));
}

void FunctionEmitter::feq(const Inst&) { compareFloats(CmpInst::FCMP_OEQ); }
void FunctionEmitter::fne(const Inst&) { compareFloats(CmpInst::FCMP_UNE); }
void FunctionEmitter::flt(const Inst&) { compareFloats(CmpInst::FCMP_OLT); }
void FunctionEmitter::fgt(const Inst&) { compareFloats(CmpInst::FCMP_OGT); }
void FunctionEmitter::fle(const Inst&) { compareFloats(CmpInst::FCMP_OLE); }
void FunctionEmitter::fge(const Inst&) { compareFloats(CmpInst::FCMP_OGE); }

void FunctionEmitter::fabs(const Inst&) { unaryIntrinsic(llvm::Intrinsic::fabs); }
void FunctionEmitter::fneg(const Inst&) { push(builder_.CreateFNeg(pop())); }
void FunctionEmitter::fceil(const Inst&) { unaryIntrinsic(llvm::Intrinsic::ceil); }
void FunctionEmitter::ffloor(const Inst&) { unaryIntrinsic(llvm::Intrinsic::floor); }
void FunctionEmitter::ftrunc(const Inst&) { unaryIntrinsic(llvm::Intrinsic::trunc); }
void FunctionEmitter::fnearest(const Inst&) { unaryIntrinsic(llvm::Intrinsic::roundeven); }
void FunctionEmitter::fsqrt(const Inst&) { unaryIntrinsic(llvm::Intrinsic::sqrt); }

// LLVM folds x * 1, x / 1, x - 0, x + -0 to x and their negations to -x, which leaves a signalling
// NaN signalling; WebAssembly wants it quiet. What would be folded is emitted as what it means.
void FunctionEmitter::arithmetic(llvm::Instruction::BinaryOps operation) {
  Value* right = pop();
  Value* left = pop();
  auto is = [](Value* value, double constant) {
    auto* known = llvm::dyn_cast<llvm::ConstantFP>(value);
    return known != nullptr && known->isExactlyValue(constant);
  };
  bool isSum = operation == llvm::Instruction::FAdd;
  bool isDifference = operation == llvm::Instruction::FSub;
  bool isProduct = operation == llvm::Instruction::FMul;
  bool isQuotient = operation == llvm::Instruction::FDiv;
  bool keepsLeft = (isSum && is(right, -0.0)) || (isDifference && is(right, 0.0)) ||
                   ((isProduct || isQuotient) && is(right, 1.0));
  bool keepsRight = (isSum && is(left, -0.0)) || (isProduct && is(left, 1.0));
  bool negatesLeft = (isProduct || isQuotient) && is(right, -1.0);
  bool negatesRight = (isDifference && is(left, -0.0)) || (isProduct && is(left, -1.0));
  if (keepsLeft || keepsRight || negatesLeft || negatesRight) {
    Value* kept = keepsLeft || negatesLeft ? left : right;
    Value* quiet = builder_.CreateUnaryIntrinsic(llvm::Intrinsic::canonicalize, kept);
    push(negatesLeft || negatesRight ? builder_.CreateFNeg(quiet) : quiet);
    return;
  }
  push(builder_.CreateBinOp(operation, left, right));
}

void FunctionEmitter::fadd(const Inst&) { arithmetic(llvm::Instruction::FAdd); }
void FunctionEmitter::fsub(const Inst&) { arithmetic(llvm::Instruction::FSub); }
void FunctionEmitter::fmul(const Inst&) { arithmetic(llvm::Instruction::FMul); }
void FunctionEmitter::fdiv(const Inst&) { arithmetic(llvm::Instruction::FDiv); }

// IEEE 754-2019 minimum and maximum: a NaN operand gives a quiet NaN, and -0 is less than +0.
// AArch64 has them as instructions. On x86-64 LLVM hands a signalling NaN through: there the sum
// serves as the NaN, at no more cost than the select it replaces.
void FunctionEmitter::extremum(llvm::Intrinsic::ID id) {
  Value* right = pop();
  Value* left = pop();
  llvm::CallInst* ordered =
      llvm::cast<llvm::CallInst>(builder_.CreateBinaryIntrinsic(id, left, right));
  if (module_.target().arch() == abi::Arch::AArch64) {
    push(ordered);
    return;
  }
  ordered->setHasNoNaNs(true);
  push(builder_.CreateSelect(builder_.CreateFCmpUNO(left, right), builder_.CreateFAdd(left, right),
                             ordered));
}

void FunctionEmitter::fmin(const Inst&) { extremum(llvm::Intrinsic::minimum); }
void FunctionEmitter::fmax(const Inst&) { extremum(llvm::Intrinsic::maximum); }
void FunctionEmitter::fcopysign(const Inst&) { binaryIntrinsic(llvm::Intrinsic::copysign); }

}  // namespace codegen
