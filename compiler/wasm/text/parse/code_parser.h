// Instruction sequences of the text format (section 6.5): function bodies and constant expressions,
// flat and folded, encoded as they are parsed.
//
// Nesting is a stack of frames, so its depth costs no recursion. A folded instruction is encoded
// aside and moved into the code when its parenthesis closes, behind its operands.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/wasm/instruction.h"
#include "compiler/wasm/text/parse/identifier_map.h"
#include "compiler/wasm/text/parse/labels.h"
#include "compiler/wasm/text/parse/parse_context.h"

namespace wasm {

class CodeParser {
 public:
  explicit CodeParser(ParseContext& context) : p_(context) {}

  // What is parsed until endFunction() stands in this function.
  void beginFunction(uint32_t index);
  void bindLocal(const ItemName& name, uint32_t index);
  void endFunction();

  // All instructions up to the parenthesis that closes the list they stand in.
  CodeRange expectInstructions();
  // Just one, which is folded.
  CodeRange expectFolded();
  // Just this one, which comes of an abbreviation; its offset is that in the text.
  CodeRange constant(const Instruction& instruction);

  // For the parsers of immediates.
  ParseContext& context() { return p_; }
  TextCursor& in() { return p_.in; }
  uint32_t expectLocal();
  uint32_t expectLabel();

 private:
  enum class Context : uint8_t {
    Body,           // the whole expression
    Operands,       // (op: folded instructions
    Block,          // (block, (loop, (try_table
    Condition,      // (if: folded instructions, then (then
    AfterThen,      // (if ... (then ...): perhaps (else
    AfterElse,      //
    BeforeDo,       // (try
    AfterDo,        // (try (do ...): (catch, (catch_all or (delegate
    AfterCatch,     // (try (do ...) (catch ...): (catch or (catch_all
    AfterCatchAll,  //
    AfterDelegate,  //
    Arm,            // (then, (else, (do, (catch, (catch_all
    FlatBlock,      // the rest: up to end
    FlatIf,
    FlatElse,
    FlatTry,
    FlatCatch,
    FlatCatchAll,
  };

  struct Hint {
    uint32_t textOffset = 0;
    bool isLikely = false;
  };

  struct Frame {
    Context context = Context::Body;
    uint32_t textOffset = 0;
    size_t waiting = 0;  // where in waiting_ the instruction starts that closes the frame
    Op op = Op::End;     // that instruction
    std::string_view label = {};
    std::optional<Hint> hint = {};
  };

  struct ControlRule;
  using Step = void (CodeParser::*)(uint32_t textOffset);
  struct Steps {
    Step flat;
    Step folded;
  };
  static const Steps& stepsFor(Op op);

  CodeRange run();
  void step();
  void openList();
  void closeList();
  bool takesFlat() const;
  bool takesFolded() const;
  void failInContext();

  // Takes a keyword and says whether it is an instruction, which then is instruction_.
  bool takeKeyword();
  void takeImmediates();
  std::string_view takeLabel();

  void flatPlain(uint32_t textOffset);
  void flatBlock(uint32_t textOffset);
  void flatIf(uint32_t textOffset);
  void flatTry(uint32_t textOffset);
  void flatElse(uint32_t textOffset);
  void flatCatch(uint32_t textOffset);
  void flatCatchAll(uint32_t textOffset);
  void flatDelegate(uint32_t textOffset);
  void flatEnd(uint32_t textOffset);
  void openBlock(Context context, uint32_t textOffset);
  void checkLabel();
  void misplaced(uint32_t textOffset);

  void foldedPlain(uint32_t textOffset);
  void foldedBlock(uint32_t textOffset);
  void foldedIf(uint32_t textOffset);
  void foldedTry(uint32_t textOffset);
  void openThen();
  void openElse();
  void openDo();
  void openHandler();

  void parseBranchHint();
  void failHint();
  void emit(uint32_t textOffset);
  void emitPlain(Op op, uint32_t textOffset);
  void emitWaiting(const Frame& frame);
  void noteHint(std::optional<Hint> hint, Op op);
  void pushLabel(std::string_view name);

  ParseContext& p_;
  std::vector<Frame> frames_;
  base::Bytes waiting_;  // encoded folded instructions whose operands are being parsed
  Labels labels_;
  uint32_t labelCount_ = 0;  // of the function, so far

  std::optional<uint32_t> function_;
  IdentifierMap locals_;

  Instruction instruction_;
  std::optional<Hint> hint_;  // for the next instruction
};

// By ImmediateShape: takes what follows an instruction's keyword. `op` may become the other row
// with the same keyword.
using ImmediateParser = void (*)(CodeParser&, Instruction&);
extern const std::array<ImmediateParser, kImmediateShapeCount> kImmediateParsers;

}  // namespace wasm
