// Vector instructions that compare integer lanes or reduce them to a scalar (section 4.4.3).
#include "compiler/codegen/lowering/vector_compare.h"
#include "compiler/codegen/translate/builder/lanes.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::CmpInst;
using llvm::Value;

// Pops two vectors and pushes one whose lanes have all bits set where the predicate holds, and are
// zero elsewhere.
void compareIntegerLanes(FunctionBuilder& f, const Inst& inst, CmpInst::Predicate predicate) {
  auto [left, right] = popLanePair(f, lanesOf(f, inst));
  pushLanes(f, laneMask(f.lowering(), predicate, left, right));
}

}  // namespace

void simdEq(FunctionBuilder& f, const Inst& inst) {
  compareIntegerLanes(f, inst, CmpInst::ICMP_EQ);
}
void simdNe(FunctionBuilder& f, const Inst& inst) {
  compareIntegerLanes(f, inst, CmpInst::ICMP_NE);
}
void simdLtS(FunctionBuilder& f, const Inst& inst) {
  compareIntegerLanes(f, inst, CmpInst::ICMP_SLT);
}
void simdLtU(FunctionBuilder& f, const Inst& inst) {
  compareIntegerLanes(f, inst, CmpInst::ICMP_ULT);
}
void simdGtS(FunctionBuilder& f, const Inst& inst) {
  compareIntegerLanes(f, inst, CmpInst::ICMP_SGT);
}
void simdGtU(FunctionBuilder& f, const Inst& inst) {
  compareIntegerLanes(f, inst, CmpInst::ICMP_UGT);
}
void simdLeS(FunctionBuilder& f, const Inst& inst) {
  compareIntegerLanes(f, inst, CmpInst::ICMP_SLE);
}
void simdLeU(FunctionBuilder& f, const Inst& inst) {
  compareIntegerLanes(f, inst, CmpInst::ICMP_ULE);
}
void simdGeS(FunctionBuilder& f, const Inst& inst) {
  compareIntegerLanes(f, inst, CmpInst::ICMP_SGE);
}
void simdGeU(FunctionBuilder& f, const Inst& inst) {
  compareIntegerLanes(f, inst, CmpInst::ICMP_UGE);
}

void simdAllTrue(FunctionBuilder& f, const Inst& inst) {
  Value* isTrue = allTrue(f.lowering(), popLanes(f, lanesOf(f, inst)));
  pushCondition(f, isTrue);
}

void simdBitmask(FunctionBuilder& f, const Inst& inst) {
  f.push(bitmask(f.lowering(), popLanes(f, lanesOf(f, inst))));
}

}  // namespace codegen::emit
