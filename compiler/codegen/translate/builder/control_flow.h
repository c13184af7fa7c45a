// The translation of structured control instructions (section 4.4.8) to a control flow graph in SSA
// form. The control stack has a frame for each open instruction. Operands of branches become the
// incoming values of phis at the target.
#pragma once

#include <llvm/IR/Instructions.h>

#include <vector>

#include "compiler/codegen/translate/builder/operand_stack.h"
#include "compiler/wasm/instruction.h"

namespace codegen {

// The phis of a label or an end, one for each value that a branch to it carries.
using Phis = std::vector<llvm::PHINode*>;

// The kinds of frames. The body of the function has one as well.
enum class FrameKind : uint8_t { Function, Block, Loop, If, TryTable, LegacyTry };

// Where the exceptions of the body of a try_table or a legacy `try` go (exception_handlers.h).
struct Handler {
  llvm::BasicBlock* pad = nullptr;       // the landing pad of calls; null if there are none
  llvm::BasicBlock* dispatch = nullptr;  // chooses the clause by the tag
  llvm::PHINode* exception = nullptr;    // in `dispatch`: the exception, an exnref
  llvm::DebugLoc location;               // of the try_table or `try`
};

// A structured instruction whose `end` has not been translated. The function's body is the
// outermost one. Blocks that have not been started (startBlock) belong to the frame; the others
// belong to the function.
struct Frame {
  FrameKind kind = FrameKind::Block;
  size_t height = 0;                  // of the operand stack, without the parameters
  llvm::BasicBlock* label = nullptr;  // the target of branches; of a loop, its start
  Phis labelPhis;
  llvm::BasicBlock* end = nullptr;  // the code behind its `end`; null for a loop
  Phis endPhis;
  llvm::BasicBlock* elseArm = nullptr;     // of an `if` until its `else`, then null
  Values params;                           // of an `if`: the operands for its else arm
  Handler handler;                         // of a try_table or `try`
  std::vector<wasm::CatchClause> catches;  // of a try_table
  llvm::Value* caught = nullptr;           // of a `try` in one of its catches: the exception

  // Set by ControlStack: the positions in the stack, plus 1, of the frames whose handlers are in
  // effect outside and inside of this frame; 0 if there is none.
  size_t outerHandler = 0;
  size_t innerHandler = 0;
};

// The stack of the frames around the instruction that is translated, as in the validation algorithm
// of the specification's appendix.
class ControlStack {
 public:
  bool isEmpty() const { return frames_.empty(); }
  // Adds an innermost frame. If it has a handler, that is in effect from now on.
  void push(Frame frame);
  // Returns the innermost frame and removes it.
  Frame pop();

  // Returns the frame of a label index, of which 0 is the innermost. The references are valid until
  // the next push or pop.
  Frame& at(uint32_t label) { return frames_[frames_.size() - 1 - label]; }
  Frame& innermost() { return frames_.back(); }

  // Returns the handler to which an exception goes that is thrown here; null if it leaves the
  // function.
  Handler* handler() { return handlerAt(innerHandler_); }
  // Returns that of an exception thrown directly inside of the frame of a label index.
  Handler* handlerIn(uint32_t label) { return handlerAt(at(label).innerHandler); }
  // Ends the effect of the handler of the innermost frame, whose catches follow.
  void endBody();
  Frame& function() { return frames_.front(); }

  // True if the current code, up to the `else` or `end` of the innermost frame, cannot be reached.
  // No code may be added then.
  bool isDead = false;

 private:
  Handler* handlerAt(size_t position) {
    return position == 0 ? nullptr : &frames_[position - 1].handler;
  }

  std::vector<Frame> frames_;
  size_t innerHandler_ = 0;  // as Frame::innerHandler of the innermost frame
};

// The parameters and results of a structured instruction.
struct BlockSignature {
  wasm::ValueTypes params;
  wasm::ValueTypes results;
};

// Returns the signature of a block type: empty, one result, or a function type.
BlockSignature signatureOf(FunctionBuilder& f, const wasm::BlockType& type);

// Returns a frame of this type whose label is its end, for the operands on the stack.
Frame blockFrame(FunctionBuilder& f, FrameKind kind, const wasm::BlockType& type);

// Continues behind the `end` of a structured instruction, with its results on the stack. If no
// branch leads there, the code behind it is dead.
void continueBehind(FunctionBuilder& f, const Frame& frame);

// Returns a new block at the end of the function. Does not move the insertion point.
llvm::BasicBlock* newBlock(FunctionBuilder& f, const char* name);

// Returns a new block that is not in the function until startBlock inserts it, so that blocks are
// in the order of the code. The caller owns it until then, and must delete it if it is never
// started.
llvm::BasicBlock* detachedBlock(FunctionBuilder& f, const char* name);

// Moves the insertion point to the end of `block`, which is inserted at the end of the function if
// it was detached.
void startBlock(FunctionBuilder& f, llvm::BasicBlock* block);

// Adds a phi to `block` for each type, without incoming values, and returns them.
Phis makePhis(FunctionBuilder& f, llvm::BasicBlock* block, const wasm::ValueTypes& types);

// Makes the topmost operands the incoming values of `phis` for one edge from the current block.
// They stay on the stack. Called once for each edge that the terminator adds.
void addIncoming(FunctionBuilder& f, const Phis& phis);

// Ends the current block with a branch to `block`, with the topmost operands as the values of its
// `phis`. They stay on the stack.
void jumpTo(FunctionBuilder& f, llvm::BasicBlock* block, const Phis& phis);

// Ends the current block with a branch to the label with index `label` if the i1 `condition` is
// true, else to a new block, which becomes the current one. `weights` is a !prof node, or null.
void branchIf(FunctionBuilder& f, llvm::Value* condition, uint32_t label,
              llvm::MDNode* weights = nullptr);

// Ends the current block with a branch to `likely` if the i1 `condition` is true, else to
// `unlikely`, which becomes the current block.
void branchLikely(FunctionBuilder& f, llvm::Value* condition, llvm::BasicBlock* likely,
                  llvm::BasicBlock* unlikely);

// Returns the block to which a call at this place unwinds, or null if exceptions leave the
// function.
llvm::BasicBlock* unwindDestination(FunctionBuilder& f);

// Marks the code up to the `else` or `end` of the innermost frame as unreachable, and drops the
// frame's operands. The current block must have a terminator.
void markUnreachable(FunctionBuilder& f);

}  // namespace codegen
