// The validator of instruction sequences, that is, function bodies and constant expressions
// (section 3.4). It uses the algorithm of appendix A.5: one pass with a stack of operand types and
// a stack of blocks, linear in the size of the code.
//
// Each instruction is checked with the help of three tables. Its immediate shape selects a check of
// the immediates. Its signature, unless that is "special", gives the types to pop and push. Its
// family may select a hand-written rule, which is applied before the signature, or instead of a
// special one. Errors are sticky, as in Cursor: the first one is kept and examined only after each
// instruction, so that rules need no error handling.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "compiler/wasm/instruction.h"
#include "compiler/wasm/validate/locals.h"
#include "compiler/wasm/validate/module_context.h"
#include "compiler/wasm/validate/operand_stack.h"

namespace wasm {

// Validates one sequence after the other in the context of a module. Not thread-safe: it records
// features and referable functions in the context.
class CodeValidator {
 public:
  // `context`, the module it refers to and its type relations must outlive the validator.
  explicit CodeValidator(ModuleContext& context) : context_(context), module_(context.module) {}

  // Validates the locals and the body of a function that is not imported (section 3.5.6). Requires
  // that its type index is that of a function type. Returns the first error, with the offset of the
  // instruction.
  base::Result<void> checkFunction(const Function& function);
  // Validates a constant expression of type `expected` (section 3.4.13). It may read only immutable
  // globals with an index less than `visibleGlobals`. Returns the first error.
  base::Result<void> checkConstant(CodeRange code, ValueType expected, uint32_t visibleGlobals);

  // The functions below are for the checks and rules of single instructions.
  ModuleContext& context() { return context_; }
  const Module& module() const { return module_; }
  const TypeRelations& relations() const { return context_.relations; }
  // Returns the keyword of the current instruction, for messages.
  std::string_view name() const { return opcodeInfo(instruction_.op).text; }
  // Records an error of the current instruction. Only the first one is kept.
  void fail(std::string message);
  // Returns whether no error has been recorded.
  bool ok() const { return ok_; }

  // Push and pop operands. Lists have the last operand on top. pop() fails if the operand is
  // missing or not a subtype of `expected` (section 3.4.12).
  void push(ValueType type) { stack_.push(type); }
  void push(std::span<const ValueType> types);
  void pop(ValueType expected) {
    if (stack_.popExactly(expected)) return;
    std::optional<ValueType> found = stack_.pop();
    if (!found || !relations().isSubtype(*found, expected)) mismatch(expected, found);
  }
  void pop(std::span<const ValueType> expected);
  // Pops an operand of any type. Returns Bottom in unreachable code if the block has none; fails
  // and returns Bottom if reachable code has none.
  ValueType popAny();
  // Pops a reference of any type. Returns a non-null reference to the bottom heap type in
  // unreachable code if there is none, and after a failure.
  ValueType popReference();

  // Returns the block that a label index refers to, counted from the innermost, which is 0. Fails
  // and returns the innermost block if there is none. The reference is valid until a block is
  // opened or closed.
  Frame& frame(uint32_t label);
  // Returns the parameter and result types of a block (section 3.2.8). Fails and returns no types
  // if the type index is not that of a function type.
  BlockSignature blockSignature(const BlockType& type);
  // Opens a block for an instruction of this family. Requires that the parameters have been popped;
  // the caller pushes them again as operands of the block.
  void openBlock(Family kind, const BlockSignature& signature);
  // Closes the innermost block and returns its frame. Pops its results, and fails if other operands
  // are left. Locals that were set in the block are uninitialized again.
  Frame closeBlock();
  // Marks the rest of the innermost block as unreachable: its operands are dropped, and from then
  // on operands of any type can be popped (stack polymorphism, section 3.4).
  void setUnreachable() { stack_.setUnreachable(); }
  // Returns the result types of the function; none in a constant expression. They are in the
  // module.
  std::span<const ValueType> returnTypes() const { return returnTypes_; }

  // Returns the locals of the function; none in a constant expression.
  Locals& locals() { return locals_; }

  // Return whether a constant expression is being validated, and the limit of global indices in it.
  bool isConstant() const { return isConstant_; }
  uint32_t visibleGlobals() const { return visibleGlobals_; }

 private:
  base::Result<void> check(CodeRange code);
  void checkInstruction();
  void applySignature(const Signature& signature);
  ValueType typeOf(SignatureType type) const;
  ValueType memoryIndexType(uint32_t memory) const;
  ValueType tableIndexType(uint32_t table) const;
  void mismatch(ValueType expected, std::optional<ValueType> found);
  void mismatch(std::string_view expected, std::string_view found);

  ModuleContext& context_;
  const Module& module_;
  OperandStack stack_;
  Instruction instruction_;

  std::span<const ValueType> returnTypes_;
  Locals locals_;

  bool isConstant_ = false;
  uint32_t visibleGlobals_ = 0;

  bool ok_ = true;
  std::string message_;
};

// The hand-written checks by immediate shape and rules by family; null where none is needed. A
// check reports errors with CodeValidator::fail().
using InstructionCheck = void (*)(CodeValidator&, const Instruction&);
extern const std::array<InstructionCheck, kImmediateShapeCount> kImmediateChecks;
extern const std::array<InstructionCheck, kFamilyCount> kSpecialRules;

}  // namespace wasm
