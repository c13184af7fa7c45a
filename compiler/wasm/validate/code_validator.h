// Checks instruction sequences: function bodies and constant expressions (section 3.4).
//
// Three tables drive it. The row's immediate shape selects the check of the immediates; its
// signature, unless "special", says what is popped and pushed; its family may select a rule by
// hand, which runs before the signature, or instead of a special one. Failure is sticky, as in
// Cursor: the first error is kept and asked for after each instruction, so rules just go on.
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

class CodeValidator {
 public:
  explicit CodeValidator(ModuleContext& context) : context_(context), module_(context.module) {}

  base::Result<void> checkFunction(const Function& function);
  // A constant expression of type `expected`, which may read the first `visibleGlobals` globals.
  base::Result<void> checkConstant(CodeRange code, ValueType expected, uint32_t visibleGlobals);

  // For the checks and rules, about the current instruction.
  ModuleContext& context() { return context_; }
  const Module& module() const { return module_; }
  const TypeRelations& relations() const { return context_.relations; }
  std::string_view name() const { return opcodeInfo(instruction_.op).text; }
  void fail(std::string message);
  bool ok() const { return ok_; }

  // Operands. A pop that finds the wrong type is an error and yields what was expected.
  void push(ValueType type) { stack_.push(type); }
  void push(std::span<const ValueType> types);
  void pop(ValueType expected) {
    if (stack_.popExactly(expected)) return;
    std::optional<ValueType> found = stack_.pop();
    if (!found || !relations().isSubtype(*found, expected)) mismatch(expected, found);
  }
  void pop(std::span<const ValueType> expected);
  ValueType popAny();
  // A reference of any kind; below every reference where code is unreachable.
  ValueType popReference();

  // Blocks. A label that does not exist is an error and yields the innermost block.
  Frame& frame(uint32_t label);
  BlockSignature blockSignature(const BlockType& type);
  void openBlock(Family kind, const BlockSignature& signature);
  // Ends the innermost block: its results must be all that is left.
  Frame closeBlock();
  void setUnreachable() { stack_.setUnreachable(); }
  // What the function returns; constant expressions have no return.
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

// Hand-written parts, by immediate shape and by family; null where there is nothing to do.
using InstructionCheck = void (*)(CodeValidator&, const Instruction&);
extern const std::array<InstructionCheck, kImmediateShapeCount> kImmediateChecks;
extern const std::array<InstructionCheck, kFamilyCount> kSpecialRules;

}  // namespace wasm
