// Vector instructions that compare integer lanes (section 4.4.3).
#include "compiler/codegen/lowering/vector_compare.h"
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

using llvm::CmpInst;
using llvm::Value;

void FunctionEmitter::compareIntegerLanes(const Inst& inst, CmpInst::Predicate predicate) {
  auto [left, right] = popLanePair(lanesOf(inst));
  pushLanes(laneMask(lowering(), predicate, left, right));
}

void FunctionEmitter::simdEq(const Inst& inst) { compareIntegerLanes(inst, CmpInst::ICMP_EQ); }
void FunctionEmitter::simdNe(const Inst& inst) { compareIntegerLanes(inst, CmpInst::ICMP_NE); }
void FunctionEmitter::simdLtS(const Inst& inst) { compareIntegerLanes(inst, CmpInst::ICMP_SLT); }
void FunctionEmitter::simdLtU(const Inst& inst) { compareIntegerLanes(inst, CmpInst::ICMP_ULT); }
void FunctionEmitter::simdGtS(const Inst& inst) { compareIntegerLanes(inst, CmpInst::ICMP_SGT); }
void FunctionEmitter::simdGtU(const Inst& inst) { compareIntegerLanes(inst, CmpInst::ICMP_UGT); }
void FunctionEmitter::simdLeS(const Inst& inst) { compareIntegerLanes(inst, CmpInst::ICMP_SLE); }
void FunctionEmitter::simdLeU(const Inst& inst) { compareIntegerLanes(inst, CmpInst::ICMP_ULE); }
void FunctionEmitter::simdGeS(const Inst& inst) { compareIntegerLanes(inst, CmpInst::ICMP_SGE); }
void FunctionEmitter::simdGeU(const Inst& inst) { compareIntegerLanes(inst, CmpInst::ICMP_UGE); }

void FunctionEmitter::simdAllTrue(const Inst& inst) {
  Value* isTrue = allTrue(lowering(), popLanes(lanesOf(inst)));
  push(builder_.CreateZExt(isTrue, builder_.getInt32Ty()));
}

void FunctionEmitter::simdBitmask(const Inst& inst) {
  push(bitmask(lowering(), popLanes(lanesOf(inst))));
}

}  // namespace codegen
