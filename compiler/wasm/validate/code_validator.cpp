#include "compiler/wasm/validate/code_validator.h"

#include <fmt/format.h>

#include <array>

#include "compiler/wasm/binary/encode_instruction.h"
#include "compiler/wasm/diagnostic.h"
#include "compiler/wasm/limits.h"
#include "runtime/base/check.h"

namespace wasm {
namespace {

// Returns the smaller of two index types: the length operand of table.copy and memory.copy has it
// (sections 3.4.4 and 3.4.5).
ValueType narrower(ValueType first, ValueType second) { return first == kI32 ? first : second; }

}  // namespace

base::Result<void> CodeValidator::checkFunction(const Function& function) {
  const FuncType& type = module_.types[function.typeIndex].func;
  isConstant_ = false;
  returnTypes_ = type.results;
  locals_.reset(type.params, function.locals);
  if (locals_.size() > kMaxLocals) {
    return errorAt(module_, function.offset,
                   fmt::format("too many locals: {} with the parameters, at most {} are supported",
                               locals_.size(), kMaxLocals));
  }
  for (const LocalRun& run : function.locals) {
    TRY(context_.checkType(run.type, function.offset));
  }
  stack_.clear();
  // A branch to the label of the body has the results as operands. The parameters are locals, so
  // the block has none.
  stack_.open(Family::block, BlockSignature(type), 0);
  return check(function.body);
}

base::Result<void> CodeValidator::checkConstant(CodeRange code, ValueType expected,
                                                uint32_t visibleGlobals) {
  isConstant_ = true;
  visibleGlobals_ = visibleGlobals;
  returnTypes_ = {};
  // Clears the locals of the last function, so that the expression has none.
  locals_.reset({}, {});
  stack_.clear();
  stack_.open(Family::block, BlockSignature(expected), 0);
  return check(code);
}

// Every sequence ends with an `end` that closes the outermost block. Code after it, or a missing
// `end`, makes the module malformed; this is the only place that detects it for function bodies,
// whose instructions the reader does not decode.
base::Result<void> CodeValidator::check(CodeRange code) {
  Cursor in(module_.bytes, code);
  while (!in.atEnd()) {
    if (!stack_.hasFrames()) {
      return errorAt(module_, in.offset(), "instruction after the final end");
    }
    readInstruction(in, instruction_);
    if (!in.ok()) return in.status(module_.fileName);
    checkInstruction();
    if (!ok_) return errorAt(module_, instruction_.offset, message_);
  }
  if (stack_.hasFrames()) {
    return errorAt(module_, in.offset(),
                   fmt::format("unexpected end: {} blocks are open, expected end", stack_.depth()));
  }
  return {};
}

void CodeValidator::checkInstruction() {
  const OpcodeInfo& info = opcodeInfo(instruction_.op);
  if (info.feature != Feature::mvp) {
    context_.features.noteInstruction(info.feature, instruction_.offset, info.text);
  }
  if (isConstant_) {
    if (info.constness == Constness::None)
      fail(fmt::format("constant expression required, found {}", info.text));
    if (info.constness == Constness::Extended) {
      context_.features.noteInstruction(Feature::extendedConst, instruction_.offset, info.text);
    }
  }
  // The immediates come first: signatures and rules use the indices without checking them again.
  InstructionCheck check = kImmediateChecks[static_cast<size_t>(info.immediate)];
  if (check != nullptr) check(*this, instruction_);
  if (!ok_) return;
  InstructionCheck rule = kSpecialRules[static_cast<size_t>(info.family)];
  if (rule != nullptr) rule(*this, instruction_);
  if (ok_ && !info.signature.isSpecial) applySignature(info.signature);
}

void CodeValidator::applySignature(const Signature& signature) {
  // The last operand is on top of the stack.
  for (size_t i = signature.operandCount; i-- > 0;) pop(typeOf(signature.operandTypes[i]));
  for (SignatureType result : signature.results()) push(typeOf(result));
}

ValueType CodeValidator::typeOf(SignatureType type) const {
  // Most types are the same in every module. Looking them up in a table avoids a branch that is
  // hard to predict.
  ValueType fixed = fixedType(type);
  if (fixed.kind != ValueKind::Bottom) return fixed;
  const Instruction& in = instruction_;
  switch (type) {
    case SignatureType::MemoryIndex:
      return memoryIndexType(in.index);
    case SignatureType::SecondMemoryIndex:
      return memoryIndexType(in.index2);
    case SignatureType::SmallerMemoryIndex:
      return narrower(memoryIndexType(in.index), memoryIndexType(in.index2));
    case SignatureType::TableIndex:
      return tableIndexType(in.index);
    case SignatureType::SecondTableIndex:
      return tableIndexType(in.index2);
    case SignatureType::SmallerTableIndex:
      return narrower(tableIndexType(in.index), tableIndexType(in.index2));
    case SignatureType::TableElement:
      return module_.tables[in.index].type.element;
    case SignatureType::Local:
      return locals_.type(in.index);
    case SignatureType::Global:
      return module_.globals[in.index].type.value;
    case SignatureType::NullableReference:
      return ValueType::ref(HeapType::concrete(in.index), true);
    case SignatureType::NonNullReference:
      return ValueType::ref(HeapType::concrete(in.index), false);
    case SignatureType::StructField:
      return module_.types[in.index].fields[in.index2].type;
    case SignatureType::ArrayElement:
      return module_.types[in.index].fields[0].type;
    default:
      break;
  }
  CHECK(false && "a fixed type");
  return kBottom;
}

ValueType CodeValidator::memoryIndexType(uint32_t memory) const {
  return module_.memories[memory].type.limits.indexType();
}

ValueType CodeValidator::tableIndexType(uint32_t table) const {
  return module_.tables[table].type.limits.indexType();
}

void CodeValidator::fail(std::string message) {
  if (!ok_) return;
  ok_ = false;
  message_ = std::move(message);
}

void CodeValidator::mismatch(ValueType expected, std::optional<ValueType> found) {
  mismatch(text(expected), found ? text(*found) : "nothing");
}

void CodeValidator::mismatch(std::string_view expected, std::string_view found) {
  fail(fmt::format("{} expects {}, found {}", name(), expected, found));
}

void CodeValidator::push(std::span<const ValueType> types) {
  for (const ValueType& type : types) stack_.push(type);
}

void CodeValidator::pop(std::span<const ValueType> expected) {
  for (size_t i = expected.size(); i-- > 0;) pop(expected[i]);
}

ValueType CodeValidator::popAny() {
  std::optional<ValueType> found = stack_.pop();
  if (!found) mismatch("an operand", "nothing");
  return found.value_or(kBottom);
}

ValueType CodeValidator::popReference() {
  std::optional<ValueType> found = stack_.pop();
  if (!found || (!found->isRef() && found->kind != ValueKind::Bottom)) {
    mismatch("a reference", found ? text(*found) : "nothing");
  }
  return found && found->isRef() ? *found : ValueType::ref(HeapType::kBottom, false);
}

Frame& CodeValidator::frame(uint32_t label) {
  if (label < stack_.depth()) return stack_.frame(label);
  fail(fmt::format("unknown label {}", label));
  return stack_.frame();
}

BlockSignature CodeValidator::blockSignature(const BlockType& type) {
  switch (type.kind) {
    case BlockType::Kind::Empty:
      return {};
    case BlockType::Kind::Value:
      if (!context_.isKnown(type.value.heap)) {
        fail(fmt::format("unknown type {}", type.value.heap.typeIndex()));
      }
      context_.noteType(type.value, instruction_.offset);
      return BlockSignature(type.value);
    case BlockType::Kind::Index:
      break;
  }
  if (type.typeIndex >= module_.types.size()) {
    fail(fmt::format("unknown type {}", type.typeIndex));
    return {};
  }
  const SubType& entry = module_.types[type.typeIndex];
  if (entry.kind != CompositeKind::Func) {
    fail(fmt::format("{} expects a function type, found type {}", name(), type.typeIndex));
    return {};
  }
  // A type index as a block type is part of the multi-value proposal even if the type has no
  // parameters.
  context_.features.noteInstruction(Feature::multiValue, instruction_.offset, name());
  return BlockSignature(entry.func);
}

void CodeValidator::openBlock(Family kind, const BlockSignature& signature) {
  stack_.open(kind, signature, locals_.mark());
}

Frame CodeValidator::closeBlock() {
  // In unreachable code, missing results are popped as Bottom.
  pop(stack_.frame().signature.results());
  if (size_t left = stack_.operandsInFrame(); ok_ && left != 0) {
    mismatch(fmt::format("{} results", stack_.frame().signature.results().size()),
             fmt::format("{} more operands", left));
  }
  Frame closed = stack_.close();
  locals_.restore(closed.initialized);
  return closed;
}

}  // namespace wasm
