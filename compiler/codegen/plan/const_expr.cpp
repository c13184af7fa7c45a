#include "compiler/codegen/plan/const_expr.h"

#include <cstring>

#include "compiler/wasm/binary/instruction_reader.h"

namespace codegen {
namespace {

using abi::ConstOp;
using wasm::Op;

// An instruction and its step in the descriptor. All instructions that push a constant number share
// ConstOp::Const.
struct Row {
  Op op;
  ConstOp step;
};

// The instructions that a constant expression may contain; `end` has no row.
constexpr Row kRows[] = {
#define CONST_INSTRUCTION(op, step) {Op::op, ConstOp::step},
#define CONST_ARITHMETIC(id, member, operation) {Op::id, ConstOp::id},
#include "runtime/abi/const_ops.def"
};

// Bits of i32 constants are sign-extended by the reader; v128 constants fill both words, the low
// one first.
abi::ConstStep stepOf(ConstOp op, const wasm::Instruction& inst) {
  abi::ConstStep step{op, inst.index, {inst.bits, 0}};
  if (wasm::opcodeInfo(inst.op).immediate == wasm::ImmediateShape::v128Const) {
    std::memcpy(step.bits, inst.bytes.data(), sizeof step.bits);
  }
  if (op == ConstOp::ArrayNewFixed) step.bits[0] = inst.index2;
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
