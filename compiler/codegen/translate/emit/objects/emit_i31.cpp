// References to 31-bit integers, and conversions between the any and the extern hierarchy (section
// 4.4.3). Both hierarchies have one representation, so that the conversions add no code.
#include "compiler/codegen/translate/emit/emitters.h"
#include "compiler/codegen/translate/objects/objects.h"

namespace codegen::emit {
namespace {

using llvm::Value;

// Pops an i31 and returns the low half of its word: value << 1 | 1.
Value* popI31(FunctionBuilder& f) {
  Value* reference = popObject(f, abi::TrapCode::NullI31);
  return f.ir.CreateTrunc(toWord(f, reference), f.ir.getInt32Ty());
}

}  // namespace

void refI31(FunctionBuilder& f, const Inst&) {
  Value* shifted = f.ir.CreateShl(f.pop(), f.ir.getInt32(1));
  Value* word = f.ir.CreateZExt(f.ir.CreateOr(shifted, f.ir.getInt32(1)), f.ir.getInt64Ty());
  f.push(fromWord(f, word));
}

void i31GetS(FunctionBuilder& f, const Inst&) {
  f.push(f.ir.CreateAShr(popI31(f), f.ir.getInt32(1)));
}

void i31GetU(FunctionBuilder& f, const Inst&) {
  f.push(f.ir.CreateLShr(popI31(f), f.ir.getInt32(1)));
}

void anyConvertExtern(FunctionBuilder&, const Inst&) {}
void externConvertAny(FunctionBuilder&, const Inst&) {}

}  // namespace codegen::emit
