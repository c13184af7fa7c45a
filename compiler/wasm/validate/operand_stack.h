// The types of the operands while code is checked, and the blocks that are open (appendix A.3 of
// the specification).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "compiler/wasm/opcode.h"
#include "compiler/wasm/types.h"

namespace wasm {

// The type of a block: a function type, or at most one result.
class BlockSignature {
 public:
  BlockSignature() = default;
  explicit BlockSignature(ValueType result) : result_(result) {}
  explicit BlockSignature(const FuncType& type) : type_(&type) {}

  // Valid until the signature moves.
  std::span<const ValueType> params() const {
    return type_ != nullptr ? std::span(type_->params) : std::span<const ValueType>();
  }
  std::span<const ValueType> results() const {
    if (type_ != nullptr) return type_->results;
    return {&result_, result_.kind == ValueKind::Bottom ? size_t{0} : size_t{1}};
  }

 private:
  const FuncType* type_ = nullptr;
  ValueType result_;
};

struct Frame {
  Family kind = Family::block;  // of the instruction that opened it
  BlockSignature signature;
  uint32_t height = 0;     // operands below the block
  size_t initialised = 0;  // locals initialised before it
  bool isUnreachable = false;

  // What a branch to the block carries.
  std::span<const ValueType> labelTypes() const {
    return kind == Family::loop ? signature.params() : signature.results();
  }
};

class OperandStack {
 public:
  void clear();

  void push(ValueType type) { operands_.push_back(type); }
  // Nothing when the block has no operand left; any type where code is unreachable.
  std::optional<ValueType> pop();
  // The usual case in a hurry: the block has an operand left, of just this type.
  bool popExactly(ValueType type);
  size_t operandsInFrame() const { return operands_.size() - frames_.back().height; }

  void open(Family kind, const BlockSignature& signature, size_t initialised);
  // The operands above the frame's height must have been popped.
  Frame close();
  // What follows cannot be reached: drops the block's operands.
  void setUnreachable();

  bool hasFrames() const { return !frames_.empty(); }
  size_t depth() const { return frames_.size(); }
  Frame& frame(size_t label = 0) { return frames_[frames_.size() - 1 - label]; }

 private:
  std::vector<ValueType> operands_;
  std::vector<Frame> frames_;
};

inline std::optional<ValueType> OperandStack::pop() {
  const Frame& frame = frames_.back();
  if (operands_.size() == frame.height) {
    if (frame.isUnreachable) return kBottom;
    return std::nullopt;
  }
  ValueType type = operands_.back();
  operands_.pop_back();
  return type;
}

inline bool OperandStack::popExactly(ValueType type) {
  if (operands_.size() == frames_.back().height || operands_.back() != type) return false;
  operands_.pop_back();
  return true;
}

}  // namespace wasm
