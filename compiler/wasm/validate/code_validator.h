// Validates instruction sequences, that is, function bodies and constant expressions (section 3.4),
// with the algorithm of appendix A.5.
//
// Each instruction is checked with the help of three tables. Its immediate shape selects a check of
// the immediates. Its signature, unless that is "special", gives the types to pop and push. Its
// family may select a hand-written rule, which is applied before the signature, or instead of a
// special one. Errors are sticky, as in Cursor: the first one is kept and looked at only after each
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

// Validates one sequence after the other in the context of a module.
class CodeValidator {
 public:
  explicit CodeValidator(ModuleContext& context) : context_(context), module_(context.module) {}

  // Validates the body of a function.
  base::Result<void> checkFunction(const Function& function);
  // Validates a constant expression of type `expected` (section 3.4.13). It may read only the first
  // `visibleGlobals` globals.
  base::Result<void> checkConstant(CodeRange code, ValueType expected, uint32_t visibleGlobals);

  // The functions below are for the checks and rules of single instructions.
  ModuleContext& context() { return context_; }
  const Module& module() const { return module_; }
  const TypeRelations& relations() const { return context_.relations; }
  // Returns the keyword of the current instruction, for messages.
  std::string_view name() const { return opcodeInfo(instruction_.op).text; }
  // Fails with this message, unless the validator has failed before.
  void fail(std::string message);
  bool ok() const { return ok_; }

  // Push and pop operands. pop() fails if the operand is not a subtype of `expected`.
  void push(ValueType type) { stack_.push(type); }
  void push(std::span<const ValueType> types);
  void pop(ValueType expected) {
    if (stack_.popExactly(expected)) return;
    std::optional<ValueType> found = stack_.pop();
    if (!found || !relations().isSubtype(*found, expected)) mismatch(expected, found);
  }
  void pop(std::span<const ValueType> expected);
  // Pops an operand of any type. Returns Bottom in unreachable code if there is none.
  ValueType popAny();
  // Pops a reference of any type. Returns a reference to the bottom heap type in unreachable code
  // if there is none.
  ValueType popReference();

  // Returns the block that a label index refers to. Fails and returns the innermost block if there
  // is none.
  Frame& frame(uint32_t label);
  // Returns the types of a block. Fails if the type index is not that of a function type.
  BlockSignature blockSignature(const BlockType& type);
  // Opens a block for an instruction of this family. The parameters must have been popped.
  void openBlock(Family kind, const BlockSignature& signature);
  // Closes the innermost block. Pops its results, and fails if other operands are left.
  Frame closeBlock();
  // Marks the rest of the innermost block as unreachable.
  void setUnreachable() { stack_.setUnreachable(); }
  // Returns the result types of the function; none in a constant expression.
  std::span<const ValueType> returnTypes() const { return returnTypes_; }

  Locals& locals() { return locals_; }

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

// The hand-written checks by immediate shape and rules by family; null where none is needed.
using InstructionCheck = void (*)(CodeValidator&, const Instruction&);
extern const std::array<InstructionCheck, kImmediateShapeCount> kImmediateChecks;
extern const std::array<InstructionCheck, kFamilyCount> kSpecialRules;

}  // namespace wasm
