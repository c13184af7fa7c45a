#include "compiler/codegen/plan/const_expr.h"

#include <cstring>

#include "compiler/wasm/binary/instruction_reader.h"

namespace codegen {
namespace {

using abi::ConstOp;
using wasm::Op;

struct Row {
  Op op;
  ConstOp step;
};

// The instructions that a constant expression may contain; `end` is not a step.
constexpr Row kRows[] = {
    {Op::I32Const, ConstOp::Const},  {Op::I64Const, ConstOp::Const},
    {Op::F32Const, ConstOp::Const},  {Op::F64Const, ConstOp::Const},
    {Op::V128Const, ConstOp::Const}, {Op::GlobalGet, ConstOp::GlobalGet},
    {Op::RefFunc, ConstOp::RefFunc}, {Op::RefNull, ConstOp::RefNull},
    {Op::I32Add, ConstOp::I32Add},   {Op::I32Sub, ConstOp::I32Sub},
    {Op::I32Mul, ConstOp::I32Mul},   {Op::I64Add, ConstOp::I64Add},
    {Op::I64Sub, ConstOp::I64Sub},   {Op::I64Mul, ConstOp::I64Mul},
};

abi::ConstStep stepOf(ConstOp op, const wasm::Instruction& inst) {
  abi::ConstStep step{op, inst.index, {inst.bits, 0}};
  if (wasm::opcodeInfo(inst.op).immediate == wasm::ImmediateShape::v128Const) {
    std::memcpy(step.bits, inst.bytes.data(), sizeof step.bits);
  }
  return step;
}

}  // namespace

std::vector<abi::ConstStep> constSteps(const wasm::Module& module, wasm::CodeRange range) {
  std::vector<abi::ConstStep> steps;
  wasm::InstructionReader reader(module, range);
  wasm::Instruction inst;
  while (!reader.atEnd()) {
    CHECK(reader.next(inst).ok());
    if (inst.op == Op::End) break;
    const Row* row = std::begin(kRows);
    while (row != std::end(kRows) && row->op != inst.op) ++row;
    CHECK(row != std::end(kRows));
    steps.push_back(stepOf(row->step, inst));
  }
  return steps;
}

std::optional<uint64_t> constantInteger(const wasm::Module& module, wasm::CodeRange range) {
  std::vector<abi::ConstStep> steps = constSteps(module, range);
  if (steps.size() != 1 || steps[0].op != ConstOp::Const) return std::nullopt;
  return steps[0].bits[0];
}

}  // namespace codegen
