// The parser of instruction sequences in the text format (section 6.5), that is, of function bodies
// and constant expressions, which it encodes in the binary format. Instructions may be flat or
// folded (section 6.5.11).
//
// An explicit stack of frames is used instead of recursion, so that nesting may have any depth. A
// folded instruction is encoded into a buffer and appended to the code after its operands when its
// parenthesis closes.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/wasm/instruction.h"
#include "compiler/wasm/text/parse/identifier_map.h"
#include "compiler/wasm/text/parse/labels.h"
#include "compiler/wasm/text/parse/parse_context.h"

namespace wasm {

// Parses at the cursor of a ParseContext and appends to the code buffer of its TextStorage. The
// ranges that it returns are in that buffer and end with an `end` instruction. Syntax errors are
// errors of the cursor, after which the ranges have no meaning.
class CodeParser {
 public:
  // `context` must outlive the parser.
  explicit CodeParser(ParseContext& context) : p_(context) {}

  // Instructions that are parsed between beginFunction() and endFunction() belong to the function
  // with this index: its locals are in scope, and labels and branch hints are recorded for it.
  // bindLocal() gives a name to a local; the cursor fails if another local has it.
  void beginFunction(uint32_t index);
  void bindLocal(const ItemName& name, uint32_t index);
  void endFunction();

  // Parses all instructions up to the closing parenthesis of the list that they are in. The
  // parenthesis is not taken.
  CodeRange expectInstructions();
  // Parses one folded instruction, including its parentheses. The cursor fails if there is none.
  CodeRange expectFolded();
  // Encodes one instruction that the text implies by an abbreviation. Its `offset` is that of the
  // abbreviation in the text, in bytes.
  CodeRange constant(const Instruction& instruction);

  // For the parsers of immediates.
  ParseContext& context() { return p_; }
  TextCursor& in() { return p_.in; }
  // Parse an index by number or by identifier. The cursor fails if the identifier is not in scope.
  uint32_t expectLocal();
  uint32_t expectLabel();

 private:
  // The part of the construct of a frame that has been parsed, which determines the tokens that may
  // follow. takesFlat() and flatEnd() depend on the order of the enumerators.
  enum class Context : uint8_t {
    Body,           // the whole expression
    Operands,       // (op: folded instructions may follow
    Block,          // (block, (loop or (try_table: any instructions
    Condition,      // (if: folded instructions, then (then
    AfterThen,      // (if ... (then ...): an optional (else
    AfterElse,      // (if ... (then ...) (else ...): only the closing parenthesis
    BeforeDo,       // (try: (do
    AfterDo,        // (try (do ...): (catch, (catch_all or (delegate
    AfterCatch,     // (try (do ...) (catch ...): (catch or (catch_all
    AfterCatchAll,  // only the closing parenthesis
    AfterDelegate,  // only the closing parenthesis
    Arm,            // (then, (else, (do, (catch or (catch_all: any instructions
    FlatBlock,      // flat constructs, up to `end`
    FlatIf,
    FlatElse,
    FlatTry,
    FlatCatch,
    FlatCatchAll,
  };

  // A branch hint and the position of its annotation.
  struct Hint {
    uint32_t textOffset = 0;
    bool isLikely = false;
  };

  // A list or a flat construct that has been opened and not yet closed.
  struct Frame {
    Context context = Context::Body;
    uint32_t textOffset = 0;
    size_t waiting = 0;  // offset in waiting_ of the instruction to append when the frame closes
    Op op = Op::End;     // that instruction
    std::string_view label = {};
    std::optional<Hint> hint = {};
  };

  struct ControlRule;
  // The functions that parse an instruction after its keyword, in flat and in folded form.
  // `textOffset` is the position of the instruction: of its keyword or of its parenthesis.
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

  // Takes a keyword. Returns whether it is that of an instruction, and if so sets instruction_.
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
  uint32_t labelCount_ = 0;  // labels of the current function so far

  std::optional<uint32_t> function_;
  IdentifierMap locals_;

  Instruction instruction_;
  std::optional<Hint> hint_;  // for the next instruction
};

// The parsers of the immediates after the keyword of an instruction, by ImmediateShape. They may
// change the `op` of the instruction to the other row with the same keyword.
using ImmediateParser = void (*)(CodeParser&, Instruction&);
extern const std::array<ImmediateParser, kImmediateShapeCount> kImmediateParsers;

}  // namespace wasm
