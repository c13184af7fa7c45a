// Structured control (section 4.4.8): the instructions that are open, their labels, and the edges
// of the control flow graph that lead there. Values travel to a label, or to the end of an
// instruction, through phis.
#pragma once

#include <llvm/IR/Instructions.h>

#include <vector>

#include "compiler/codegen/translate/builder/operand_stack.h"
#include "compiler/wasm/instruction.h"

namespace codegen {

using Phis = std::vector<llvm::PHINode*>;

enum class FrameKind : uint8_t { Function, Block, Loop, If };

// A structured instruction that is open. The function's body is the outermost one.
struct Frame {
  FrameKind kind = FrameKind::Block;
  size_t height = 0;                  // of the operand stack below its parameters
  llvm::BasicBlock* label = nullptr;  // where a branch to it goes
  Phis labelPhis;
  llvm::BasicBlock* end = nullptr;  // the code behind it; a loop has no block of its own for that
  Phis endPhis;
  llvm::BasicBlock* elseArm = nullptr;  // of an `if` before its `else`
  Values params;                        // of an `if`, for its else arm
};

// The structured instructions around the one that is translated, the innermost last
// (section 3.3.3).
class ControlStack {
 public:
  bool isEmpty() const { return frames_.empty(); }
  void push(Frame frame) { frames_.push_back(std::move(frame)); }
  // Returns the innermost frame and removes it.
  Frame pop();

  // The frame that a label names: 0 is the innermost.
  Frame& at(uint32_t label) { return frames_[frames_.size() - 1 - label]; }
  Frame& innermost() { return frames_.back(); }
  Frame& function() { return frames_.front(); }

  // Whether the code up to the end of the innermost frame's part cannot be reached.
  bool isDead = false;

 private:
  std::vector<Frame> frames_;
};

// A block at the end of the function.
llvm::BasicBlock* newBlock(FunctionBuilder& f, const char* name);

// A block that is put in place by startBlock, when it is reached. Who never starts it deletes it.
llvm::BasicBlock* detachedBlock(FunctionBuilder& f, const char* name);

// What follows is added to the end of `block`.
void startBlock(FunctionBuilder& f, llvm::BasicBlock* block);

// One phi of `block` per type, without incoming values yet.
Phis makePhis(FunctionBuilder& f, llvm::BasicBlock* block, const wasm::ValueTypes& types);

// Adds an edge from the current block, which carries the topmost operands to `phis`. They stay on
// the stack.
void addIncoming(FunctionBuilder& f, const Phis& phis);

// Ends the current block with a branch to `block`, which carries the topmost operands.
void jumpTo(FunctionBuilder& f, llvm::BasicBlock* block, const Phis& phis);

// Branches to `label` if the i1 `condition` holds, and goes on in a new block if not. `weights` is
// a !prof node, or null.
void branchIf(FunctionBuilder& f, llvm::Value* condition, uint32_t label,
              llvm::MDNode* weights = nullptr);

// Branches to `likely` if the i1 `condition` holds, else to `unlikely`, where the next code is
// added.
void branchLikely(FunctionBuilder& f, llvm::Value* condition, llvm::BasicBlock* likely,
                  llvm::BasicBlock* unlikely);

// Marks what follows, up to the end of the innermost frame's part, as code that cannot be reached.
void markUnreachable(FunctionBuilder& f);

}  // namespace codegen
