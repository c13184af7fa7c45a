// The functions of CodeParser for each kind of instruction: flat or folded, plain or structured
// (sections 6.5.3 and 6.5.11).
#include <fmt/format.h>

#include <utility>

#include "compiler/wasm/binary/encode_instruction.h"
#include "compiler/wasm/text/parse/code_parser.h"

namespace wasm {

void CodeParser::flatPlain(uint32_t textOffset) {
  takeImmediates();
  emit(textOffset);
}

// The label is not in scope in the block type and in catch clauses, so it is pushed last.
void CodeParser::openBlock(Context context, uint32_t textOffset) {
  std::string_view label = takeLabel();
  takeImmediates();
  emit(textOffset);
  pushLabel(label);
  frames_.push_back({.context = context, .textOffset = textOffset});
}

void CodeParser::flatBlock(uint32_t textOffset) { openBlock(Context::FlatBlock, textOffset); }
void CodeParser::flatIf(uint32_t textOffset) { openBlock(Context::FlatIf, textOffset); }
void CodeParser::flatTry(uint32_t textOffset) { openBlock(Context::FlatTry, textOffset); }

// The keywords that divide a block are allowed only directly inside of the block.
void CodeParser::flatElse(uint32_t textOffset) {
  if (frames_.back().context != Context::FlatIf) return misplaced(textOffset);
  frames_.back().context = Context::FlatElse;
  checkLabel();
  emit(textOffset);
}

void CodeParser::flatCatch(uint32_t textOffset) {
  Context context = frames_.back().context;
  if (context != Context::FlatTry && context != Context::FlatCatch) return misplaced(textOffset);
  frames_.back().context = Context::FlatCatch;
  flatPlain(textOffset);
}

void CodeParser::flatCatchAll(uint32_t textOffset) {
  Context context = frames_.back().context;
  if (context != Context::FlatTry && context != Context::FlatCatch) return misplaced(textOffset);
  frames_.back().context = Context::FlatCatchAll;
  flatPlain(textOffset);
}

// The label index is relative to the outside of the block, so the block's label is popped first.
void CodeParser::flatDelegate(uint32_t textOffset) {
  if (frames_.back().context != Context::FlatTry) return misplaced(textOffset);
  frames_.pop_back();
  labels_.pop();
  flatPlain(textOffset);
}

// Enumerators before FlatBlock are those of folded constructs, which a parenthesis closes.
void CodeParser::flatEnd(uint32_t textOffset) {
  if (frames_.back().context < Context::FlatBlock) return misplaced(textOffset);
  checkLabel();
  emit(textOffset);
  frames_.pop_back();
  labels_.pop();
}

// Checks the optional label after `else` and `end`, which must be that of the block (section
// 6.5.3).
void CodeParser::checkLabel() {
  uint32_t start = in().peek().offset;
  std::optional<std::string_view> label = in().takeIdentifier();
  if (!label || *label == labels_.innermost()) return;
  std::string expected = labels_.innermost().empty() ? "none, as the block has none"
                                                     : fmt::format("${}", labels_.innermost());
  in().fail(start, fmt::format("mismatching label: found ${}, expected {}", *label, expected));
}

// Fails at an instruction that needs a block of another kind.
void CodeParser::misplaced(uint32_t textOffset) {
  in().fail(textOffset, fmt::format("unexpected token: found {}, which belongs to no block here",
                                    opcodeInfo(instruction_.op).text));
}

// The immediates come before the operands in the text, and the instruction comes after them in the
// code. So it is encoded into waiting_ until its parenthesis closes.
void CodeParser::foldedPlain(uint32_t textOffset) {
  takeImmediates();
  Frame frame{.context = Context::Operands, .textOffset = textOffset, .waiting = waiting_.size()};
  frame.hint = std::exchange(hint_, std::nullopt);
  frame.op = instruction_.op;
  writeInstruction(waiting_, instruction_);
  frames_.push_back(frame);
}

void CodeParser::foldedBlock(uint32_t textOffset) { openBlock(Context::Block, textOffset); }

// The `if` instruction is encoded after its condition.
void CodeParser::foldedIf(uint32_t textOffset) {
  std::string_view label = takeLabel();
  foldedPlain(textOffset);
  frames_.back().context = Context::Condition;
  frames_.back().label = label;
}

void CodeParser::foldedTry(uint32_t textOffset) { openBlock(Context::BeforeDo, textOffset); }

// The label of the `if` is in scope from here on, and not in the condition, whose operands come
// before the instruction.
void CodeParser::openThen() {
  in().expectList("then");
  emitWaiting(frames_.back());
  pushLabel(frames_.back().label);
  frames_.back().context = Context::AfterThen;
  frames_.push_back({.context = Context::Arm});
}

void CodeParser::openElse() {
  uint32_t start = in().peek().offset;
  in().expectList("else");
  emitPlain(Op::Else, start);
  frames_.back().context = Context::AfterElse;
  frames_.push_back({.context = Context::Arm});
}

// `try` has been emitted with its block type, so `(do` emits no instruction.
void CodeParser::openDo() {
  in().expectList("do");
  frames_.back().context = Context::AfterDo;
  frames_.push_back({.context = Context::Arm});
}

// Handles (catch, (catch_all and (delegate. The last one ends the `try` like an `end`.
void CodeParser::openHandler() {
  uint32_t start = in().peek().offset;
  Frame& frame = frames_.back();
  if (in().takeList("catch")) {
    frame.context = Context::AfterCatch;
    instruction_.op = Op::Catch;
  } else if (in().takeList("catch_all")) {
    frame.context = Context::AfterCatchAll;
    instruction_.op = Op::CatchAll;
  } else if (frame.context == Context::AfterDo && in().takeList("delegate")) {
    frame.context = Context::AfterDelegate;
    instruction_.op = Op::Delegate;
    labels_.pop();
    flatPlain(start);
    return in().expectClose();
  } else {
    return failInContext();
  }
  flatPlain(start);
  frames_.push_back({.context = Context::Arm});
}

}  // namespace wasm
