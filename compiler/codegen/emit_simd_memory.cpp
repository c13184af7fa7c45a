// Vector instructions that access memory (section 4.4.7). v128.load and v128.store are loadU and
// store. As in emit_memory.cpp, loads are volatile: they must trap also where nobody uses them.
#include "compiler/codegen/function_emitter.h"

namespace codegen {

using llvm::FixedVectorType;
using llvm::Value;

namespace {

uint32_t accessBytes(const wasm::Instruction& inst) {
  return 1u << wasm::opcodeInfo(inst.op).naturalAlign;
}

}  // namespace

// All the bytes that an instruction reads, as one integer: a volatile vector of 8 bytes is not one
// access on every target.
Value* FunctionEmitter::loadBytes(const Inst& inst, Value* index) {
  Value* address = effectiveAddress(inst.index, index, inst.bits, accessBytes(inst));
  llvm::Type* integer = builder_.getIntNTy(accessBytes(inst) * 8);
  return abi_.inScope(builder_.CreateAlignedLoad(integer, address, llvm::Align(1), true),
                      Scope::Memory);
}

Value* FunctionEmitter::loadHalves(const Inst& inst) {
  FixedVectorType* narrow = FixedVectorType::getTruncatedElementVectorType(lanesOf(inst));
  return builder_.CreateBitCast(loadBytes(inst, pop()), narrow);
}

void FunctionEmitter::simdLoadExtendS(const Inst& inst) {
  pushLanes(builder_.CreateSExt(loadHalves(inst), lanesOf(inst)));
}

void FunctionEmitter::simdLoadExtendU(const Inst& inst) {
  pushLanes(builder_.CreateZExt(loadHalves(inst), lanesOf(inst)));
}

void FunctionEmitter::simdLoadSplat(const Inst& inst) {
  Value* lane = loadBytes(inst, pop());
  pushLanes(builder_.CreateVectorSplat(lanesOf(inst)->getNumElements(), lane));
}

void FunctionEmitter::simdLoadZero(const Inst& inst) {
  Value* lane = loadBytes(inst, pop());
  Value* zero = llvm::Constant::getNullValue(lanesOf(inst));
  pushLanes(builder_.CreateInsertElement(zero, lane, uint64_t{0}));
}

void FunctionEmitter::simdLoadLane(const Inst& inst) {
  Value* vector = popLanes(lanesOf(inst));
  Value* lane = loadBytes(inst, pop());
  pushLanes(builder_.CreateInsertElement(vector, lane, inst.lane));
}

void FunctionEmitter::simdStoreLane(const Inst& inst) {
  Value* lane = builder_.CreateExtractElement(popLanes(lanesOf(inst)), inst.lane);
  Value* address = effectiveAddress(inst.index, pop(), inst.bits, accessBytes(inst));
  abi_.inScope(builder_.CreateAlignedStore(lane, address, llvm::Align(1)), Scope::Memory);
}

}  // namespace codegen
