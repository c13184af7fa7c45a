#include "compiler/wasm/validate/operand_stack.h"

namespace wasm {

void OperandStack::clear() {
  operands_.clear();
  frames_.clear();
}

void OperandStack::open(Family kind, const BlockSignature& signature, size_t initialized) {
  frames_.push_back({kind, signature, static_cast<uint32_t>(operands_.size()), initialized, false});
}

Frame OperandStack::close() {
  Frame frame = frames_.back();
  frames_.pop_back();
  return frame;
}

void OperandStack::setUnreachable() {
  operands_.resize(frames_.back().height);
  frames_.back().isUnreachable = true;
}

}  // namespace wasm
