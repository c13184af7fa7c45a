// The operand stack and the control stack of the validation algorithm (appendix A.5 of the
// specification, "vals" and "ctrls").
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "compiler/wasm/opcode.h"
#include "compiler/wasm/types.h"

namespace wasm {

// The types of a block: those of a function type, or at most one result. Refers to the function
// type, which must outlive it; a single result is stored in the object itself.
class BlockSignature {
 public:
  BlockSignature() = default;
  explicit BlockSignature(ValueType result) : result_(result) {}
  explicit BlockSignature(const FuncType& type) : type_(&type) {}

  // Return spans that are valid as long as this object exists and is not moved.
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

// An entry of the control stack: a block that has been opened and not yet closed. The function body
// is the outermost one.
struct Frame {
  Family kind = Family::block;  // of the instruction that opened the block
  BlockSignature signature;
  uint32_t height = 0;     // the number of operands below the block
  size_t initialized = 0;  // Locals::mark() at the start of the block
  bool isUnreachable = false;

  // Returns the types of the operands of a branch to the block: a branch to a loop goes to its
  // start and passes the parameters. Valid as long as the frame is.
  std::span<const ValueType> labelTypes() const {
    return kind == Family::loop ? signature.params() : signature.results();
  }
};

// Both stacks. Requires an open block for all functions except clear(), open(), hasFrames() and
// depth().
class OperandStack {
 public:
  // Removes all operands and blocks.
  void clear();

  void push(ValueType type) { operands_.push_back(type); }
  // Pops an operand of the innermost block. If there is none, returns Bottom in unreachable code,
  // else nothing. Operands of outer blocks are never popped.
  std::optional<ValueType> pop();
  // Pops an operand if the innermost block has one of exactly this type. A fast path: pop() and
  // subtyping handle all other cases.
  bool popExactly(ValueType type);
  // Returns the number of operands of the innermost block.
  size_t operandsInFrame() const { return operands_.size() - frames_.back().height; }

  // Opens a block above the current operands. `initialized` is Locals::mark() at this point.
  void open(Family kind, const BlockSignature& signature, size_t initialized);
  // Removes the innermost block and returns it. Requires that its operands have been popped.
  Frame close();
  // Marks the rest of the innermost block as unreachable and drops its operands. From then on,
  // pop() returns Bottom when the block has no operands.
  void setUnreachable();

  // Return whether a block is open, and the number of open blocks, which is the number of labels.
  bool hasFrames() const { return !frames_.empty(); }
  size_t depth() const { return frames_.size(); }
  // Returns the block with this label index. Requires label < depth(). Valid until open() or
  // close().
  Frame& frame(size_t label = 0) { return frames_[frames_.size() - 1 - label]; }

 private:
  std::vector<ValueType> operands_;
  std::vector<Frame> frames_;
};

// Defined here to be inlined: pop() and popExactly() run once or more for each instruction.
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

// Does not handle Bottom, an empty block or subtyping: those need pop().
inline bool OperandStack::popExactly(ValueType type) {
  if (operands_.size() == frames_.back().height || operands_.back() != type) return false;
  operands_.pop_back();
  return true;
}

}  // namespace wasm
