#include "compiler/wasm/text/parse/code_parser.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "compiler/wasm/binary/encode_instruction.h"
#include "compiler/wasm/text/lex/keywords.h"

namespace wasm {
namespace {

// The prefix is the one that the specification's tests expect.
std::string hintMessage(std::string_view problem) {
  return fmt::format("@{} annotation: {}", kBranchHintAnnotation, problem);
}

}  // namespace

// The functions for keywords that begin, divide or end a block. All other families are plain.
struct CodeParser::ControlRule {
  Family family;
  Steps steps;
};

const CodeParser::Steps& CodeParser::stepsFor(Op op) {
  using P = CodeParser;
  static constexpr ControlRule kRules[] = {
      {Family::block, {&P::flatBlock, &P::foldedBlock}},
      {Family::loop, {&P::flatBlock, &P::foldedBlock}},
      {Family::tryTable, {&P::flatBlock, &P::foldedBlock}},
      {Family::ifThen, {&P::flatIf, &P::foldedIf}},
      {Family::elseArm, {&P::flatElse, &P::misplaced}},
      {Family::end, {&P::flatEnd, &P::misplaced}},
      {Family::legacyTry, {&P::flatTry, &P::foldedTry}},
      {Family::legacyCatch, {&P::flatCatch, &P::misplaced}},
      {Family::legacyCatchAll, {&P::flatCatchAll, &P::misplaced}},
      {Family::legacyDelegate, {&P::flatDelegate, &P::misplaced}},
  };
  static constexpr auto kSteps = [] {
    std::array<Steps, kFamilyCount> steps;
    steps.fill({&P::flatPlain, &P::foldedPlain});
    for (const ControlRule& rule : kRules) steps[static_cast<size_t>(rule.family)] = rule.steps;
    return steps;
  }();
  return kSteps[static_cast<size_t>(opcodeInfo(op).family)];
}

void CodeParser::beginFunction(uint32_t index) {
  function_ = index;
  locals_.clear();
  labelCount_ = 0;
}

void CodeParser::endFunction() {
  function_.reset();
  locals_.clear();
}

void CodeParser::bindLocal(const ItemName& name, uint32_t index) {
  p_.declare(locals_, p_.names.locals[*function_], name, index, "local");
}

uint32_t CodeParser::expectLocal() {
  if (in().peek().kind == TokenKind::Identifier) return p_.expectIdentifierIn(locals_, "local");
  return in().expectNatural32("a local index");
}

uint32_t CodeParser::expectLabel() {
  if (in().peek().kind != TokenKind::Identifier) return in().expectNatural32("a label");
  Token token = in().take();
  std::optional<uint32_t> depth = labels_.depth(in().contents(token));
  if (!depth) in().fail(token.offset, fmt::format("unknown label {}", spelling(token)));
  return depth.value_or(0);
}

CodeRange CodeParser::expectInstructions() {
  frames_.assign(1, {Context::Body});
  return run();
}

CodeRange CodeParser::expectFolded() {
  frames_.clear();
  if (in().peek().kind == TokenKind::LeftParen) {
    openList();
  } else {
    in().unexpected("a folded instruction");
  }
  return run();
}

CodeRange CodeParser::constant(const Instruction& instruction) {
  uint32_t begin = static_cast<uint32_t>(p_.storage.code.size());
  instruction_ = instruction;
  emit(instruction.offset);
  emitPlain(Op::End, instruction.offset);
  return {begin, static_cast<uint32_t>(p_.storage.code.size())};
}

// Parses up to the end of the first frame. The final `end` is that of the expression, which the
// text does not have.
CodeRange CodeParser::run() {
  uint32_t begin = static_cast<uint32_t>(p_.storage.code.size());
  while (in().ok() && !frames_.empty()) step();
  emitPlain(Op::End, in().peek().offset);
  return {begin, static_cast<uint32_t>(p_.storage.code.size())};
}

// Handles the next token: a parenthesis, a flat instruction or a hint. Each handler changes
// frames_, and thereby the set of tokens that may follow.
void CodeParser::step() {
  const Token& token = in().peek();
  switch (token.kind) {
    case TokenKind::LeftParen:
      return openList();
    case TokenKind::RightParen:
      return closeList();
    case TokenKind::Keyword:
      if (!takesFlat()) break;
      if (uint32_t start = token.offset; takeKeyword()) {
        (this->*stepsFor(instruction_.op).flat)(start);
      }
      return;
    case TokenKind::Annotation:
      if (token.text == kBranchHintAnnotation && takesFolded()) return parseBranchHint();
      break;
    default:
      break;
  }
  failInContext();
}

// Returns whether flat instructions are allowed here: in expressions, blocks and arms, but not
// among the operands or between the arms of a folded instruction.
bool CodeParser::takesFlat() const {
  Context context = frames_.back().context;
  return context == Context::Body || context == Context::Block || context >= Context::Arm;
}

// Returns whether folded instructions are allowed here. Only these may be operands.
bool CodeParser::takesFolded() const {
  Context context = frames_.back().context;
  return takesFlat() || context == Context::Operands || context == Context::Condition;
}

// Handles an opening parenthesis, which starts a folded instruction or an arm of one. A hint must
// be followed by an instruction, so it may not stand before `(then`.
void CodeParser::openList() {
  bool isBase = frames_.empty();
  if (!isBase) {
    Context context = frames_.back().context;
    if (context == Context::Condition && in().atList("then")) {
      return hint_ ? failHint() : openThen();
    }
    if (context == Context::AfterThen && in().atList("else")) return openElse();
    if (context == Context::BeforeDo && in().atList("do")) return openDo();
    if (context == Context::AfterDo || context == Context::AfterCatch) return openHandler();
    if (!takesFolded()) return failInContext();
  }
  uint32_t start = in().take().offset;
  if (takeKeyword()) (this->*stepsFor(instruction_.op).folded)(start);
}

// Handles a closing parenthesis: appends the rest of the construct of the frame, that is, the
// folded instruction of an Operands frame or the `end` of a block. The parenthesis of Body belongs
// to the caller.
void CodeParser::closeList() {
  const Frame& frame = frames_.back();
  uint32_t start = in().peek().offset;
  if (hint_) return failHint();
  switch (frame.context) {
    case Context::Body:
      return frames_.pop_back();
    case Context::Operands:
      emitWaiting(frame);
      break;
    case Context::Block:
    case Context::AfterThen:
    case Context::AfterElse:
    case Context::AfterDo:
    case Context::AfterCatch:
    case Context::AfterCatchAll:
      emitPlain(Op::End, start);
      labels_.pop();
      break;
    case Context::Arm:
    case Context::AfterDelegate:
      break;
    default:
      return failInContext();
  }
  in().take();
  frames_.pop_back();
}

// Fails at a token that is not allowed here, with the tokens that are.
void CodeParser::failInContext() {
  switch (frames_.back().context) {
    case Context::Operands:
      return in().unexpected("a folded instruction or )");
    case Context::Condition:
      return in().unexpected("a folded instruction or (then");
    case Context::BeforeDo:
      return in().unexpected("(do");
    case Context::AfterThen:
      return in().unexpected("(else or )");
    case Context::AfterDo:
    case Context::AfterCatch:
      return in().unexpected("(catch, (catch_all or )");
    case Context::AfterElse:
    case Context::AfterCatchAll:
    case Context::AfterDelegate:
      return in().unexpected(")");
    case Context::Body:
    case Context::Block:
    case Context::Arm:
      return in().unexpected("an instruction or )");
    default:
      return in().unexpected("an instruction or end");
  }
}

bool CodeParser::takeKeyword() {
  const Token& token = in().peek();
  std::optional<Op> op;
  if (token.kind == TokenKind::Keyword) op = findKeyword(token.text);
  if (!op) {
    in().unexpected("an instruction");
    return false;
  }
  instruction_.op = *op;
  in().take();
  return true;
}

void CodeParser::takeImmediates() {
  kImmediateParsers[static_cast<size_t>(opcodeInfo(instruction_.op).immediate)](*this,
                                                                                instruction_);
}

std::string_view CodeParser::takeLabel() { return in().takeIdentifier().value_or(""); }

// Parses `(@metadata.code.branch_hint "\00")` or "\01". The hint applies to the next instruction.
// Whether that takes one is checked when it is emitted, since a folded instruction follows its
// operands.
void CodeParser::parseBranchHint() {
  uint32_t start = in().take().offset;
  if (!function_) return in().fail(start, hintMessage("not in a function"));
  if (hint_) return in().fail(start, hintMessage("duplicate annotation"));
  std::string_view value = in().takeStrings();
  in().expectClose();
  bool isHint = value.size() == 1 && static_cast<uint8_t>(value[0]) <= 1;
  if (!isHint) return in().fail(start, hintMessage("expected \"\\00\" or \"\\01\""));
  hint_ = {start, value[0] == 1};
}

void CodeParser::failHint() {
  in().fail(hint_->textOffset, hintMessage("expected an instruction behind it"));
}

// Encodes instruction_, which starts at `textOffset`.
void CodeParser::emit(uint32_t textOffset) {
  // The hint and the position are recorded first: both refer to the offset of the instruction.
  noteHint(std::exchange(hint_, std::nullopt), instruction_.op);
  p_.storage.positions.add(static_cast<uint32_t>(p_.storage.code.size()), textOffset);
  writeInstruction(p_.storage.code, instruction_);
}

void CodeParser::emitPlain(Op op, uint32_t textOffset) {
  instruction_.op = op;
  emit(textOffset);
}

// Appends the encoded folded instruction of the frame to the code, after its operands. Since folded
// instructions close in reverse order, it is the last one in waiting_.
void CodeParser::emitWaiting(const Frame& frame) {
  noteHint(frame.hint, frame.op);
  p_.storage.positions.add(static_cast<uint32_t>(p_.storage.code.size()), frame.textOffset);
  auto begin = waiting_.begin() + static_cast<ptrdiff_t>(frame.waiting);
  p_.storage.code.insert(p_.storage.code.end(), begin, waiting_.end());
  waiting_.resize(frame.waiting);
}

// Records a hint for the instruction `op`, which is emitted next. A hint for another instruction
// makes the module invalid but not malformed, so parsing continues.
void CodeParser::noteHint(std::optional<Hint> hint, Op op) {
  if (!hint) return;
  Family family = opcodeInfo(op).family;
  if (family != Family::ifThen && family != Family::brIf) {
    return p_.refuse(hint->textOffset, hintMessage("invalid target, expected an if or br_if"));
  }
  uint32_t offset = static_cast<uint32_t>(p_.storage.code.size());
  p_.module.branchHints.push_back({*function_, offset, hint->isLikely});
}

// Enters the scope of a label. For the name section, labels are numbered in the order of their
// instructions in the function.
void CodeParser::pushLabel(std::string_view name) {
  labels_.push(name);
  uint32_t index = labelCount_++;
  if (function_ && !name.empty()) p_.names.labels[*function_].emplace(index, name);
}

}  // namespace wasm
