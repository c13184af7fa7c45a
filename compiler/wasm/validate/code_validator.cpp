#include "compiler/wasm/validate/code_validator.h"

#include <fmt/format.h>

#include <array>

#include "compiler/wasm/binary/encode_instruction.h"
#include "compiler/wasm/diagnostic.h"
#include "compiler/wasm/limits.h"
#include "runtime/base/check.h"

namespace wasm {
namespace {

constexpr ValueType kEqRef = ValueType::ref(HeapType::kEq, true);
constexpr ValueType kArrayRef = ValueType::ref(HeapType::kArray, true);
constexpr ValueType kI31Ref = ValueType::ref(HeapType::kI31, true);
constexpr ValueType kNonNullI31Ref = ValueType::ref(HeapType::kI31, false);

// The instructions of constant expressions (section 3.4.15).
bool isConstantFamily(Family family) {
  switch (family) {
    case Family::constant:
    case Family::simdConst:
    case Family::add:
    case Family::sub:
    case Family::mul:
    case Family::globalGet:
    case Family::refNull:
    case Family::refFunc:
    case Family::refI31:
    case Family::structNew:
    case Family::structNewDefault:
    case Family::arrayNew:
    case Family::arrayNewDefault:
    case Family::arrayNewFixed:
    case Family::anyConvertExtern:
    case Family::externConvertAny:
    case Family::end:
      return true;
    default:
      return false;
  }
}

bool isExtendedConstant(Family family) {
  return family == Family::add || family == Family::sub || family == Family::mul;
}

// The letters of signatures that mean the same type wherever they stand.
constexpr auto fixedTypes() {
  std::array<ValueType, 256> types{};
  types['i'] = kI32;
  types['l'] = kI64;
  types['f'] = kF32;
  types['d'] = kF64;
  types['v'] = kV128;
  types['q'] = kEqRef;
  types['r'] = kArrayRef;
  types['J'] = kI31Ref;
  types['j'] = kNonNullI31Ref;
  return types;
}
constexpr std::array<ValueType, 256> kConstantTableTypes = fixedTypes();

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
  // A branch to the body carries the results; the parameters are locals.
  stack_.open(Family::block, BlockSignature(type), 0);
  return check(function.body);
}

base::Result<void> CodeValidator::checkConstant(CodeRange code, ValueType expected,
                                                uint32_t visibleGlobals) {
  isConstant_ = true;
  visibleGlobals_ = visibleGlobals;
  returnTypes_ = {};
  locals_.reset({}, {});
  stack_.clear();
  stack_.open(Family::block, BlockSignature(expected), 0);
  return check(code);
}

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
    if (!isConstantFamily(info.family))
      fail(fmt::format("constant expression required, found {}", info.text));
    if (isExtendedConstant(info.family)) {
      context_.features.noteInstruction(Feature::extendedConst, instruction_.offset, info.text);
    }
  }
  InstructionCheck check = kImmediateChecks[static_cast<size_t>(info.immediate)];
  if (check != nullptr) check(*this, instruction_);
  if (!ok_) return;
  InstructionCheck rule = kSpecialRules[static_cast<size_t>(info.family)];
  if (rule != nullptr) rule(*this, instruction_);
  if (ok_ && info.operands != kSpecialOperands) applySignature(info);
}

void CodeValidator::applySignature(const OpcodeInfo& info) {
  const char* letters = info.signature.data();
  for (size_t i = info.operands; i-- > 0;) pop(letterType(letters[i]));
  for (size_t i = info.operands + 1; i < info.signature.size(); ++i) push(letterType(letters[i]));
}

ValueType CodeValidator::letterType(char letter) const {
  // Most letters mean one type; a table takes no branch that is hard to predict.
  ValueType fixed = kConstantTableTypes[static_cast<uint8_t>(letter)];
  if (fixed.kind != ValueKind::Bottom) return fixed;
  const Instruction& in = instruction_;
  switch (letter) {
    case 'a':
    case 'b':
    case 't':
    case 'u':
    case 'n':
      return isIndex64(letter) ? kI64 : kI32;
    case 'e':
      return module_.tables[in.index].type.element;
    case 'x':
      return opcodeInfo(in.op).immediate == ImmediateShape::local
                 ? locals_.type(in.index)
                 : module_.globals[in.index].type.value;
    case 'R':
      return ValueType::ref(HeapType::concrete(in.index), true);
    case 'N':
      return ValueType::ref(HeapType::concrete(in.index), false);
    case 'F':
      return opcodeInfo(in.op).immediate == ImmediateShape::typeField
                 ? module_.types[in.index].fields[in.index2].type
                 : module_.types[in.index].fields[0].type;
  }
  CHECK(false && "unknown signature letter");
  return kBottom;
}

bool CodeValidator::isIndex64(char letter) const {
  const Instruction& in = instruction_;
  auto memory64 = [&](uint32_t index) { return module_.memories[index].type.limits.is64; };
  auto table64 = [&](uint32_t index) { return module_.tables[index].type.limits.is64; };
  ImmediateShape shape = opcodeInfo(in.op).immediate;
  switch (letter) {
    case 'a':
      return memory64(shape == ImmediateShape::dataMemory ? in.index2 : in.index);
    case 'b':
      return memory64(in.index2);
    case 't':
      return table64(shape == ImmediateShape::elementTable ? in.index2 : in.index);
    case 'u':
      return table64(in.index2);
    default:
      return shape == ImmediateShape::memoryMemory ? memory64(in.index) && memory64(in.index2)
                                                   : table64(in.index) && table64(in.index2);
  }
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
  context_.features.noteInstruction(Feature::multiValue, instruction_.offset, name());
  return BlockSignature(entry.func);
}

void CodeValidator::openBlock(Family kind, const BlockSignature& signature) {
  stack_.open(kind, signature, locals_.mark());
}

Frame CodeValidator::closeBlock() {
  pop(stack_.frame().signature.results());
  if (size_t left = stack_.operandsInFrame(); ok_ && left != 0) {
    mismatch(fmt::format("{} results", stack_.frame().signature.results().size()),
             fmt::format("{} more operands", left));
  }
  Frame closed = stack_.close();
  locals_.restore(closed.initialised);
  return closed;
}

}  // namespace wasm
