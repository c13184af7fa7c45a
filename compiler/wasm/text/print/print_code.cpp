#include "compiler/wasm/text/print/print_code.h"

#include <span>

#include "compiler/wasm/binary/branch_hints.h"
#include "compiler/wasm/binary/instruction_reader.h"
#include "compiler/wasm/diagnostic.h"
#include "compiler/wasm/text/print/print_instruction.h"

namespace wasm {
namespace {

// The indentation of instructions that are not in a block.
constexpr uint32_t kBodyDepth = 2;

// Prints the instructions of a function, a line each, and counts its labels.
class BodyPrinter {
 public:
  BodyPrinter(Printing& to, uint32_t function)
      : to_(to),
        function_(function),
        scope_(to.names.locals(function)),
        labels_(to.names.labels(function)),
        hints_(hintsOf(to.module, function)) {}

  // The final `end` is omitted, since the closing parenthesis implies it. Printing stops as soon as
  // the text is too long: a large index or constant takes more characters than bytes, so a module
  // that is within the limits may exceed them as text.
  base::Result<void> print() {
    CodeRange body = to_.module.functions[function_].body;
    InstructionReader reader(to_.module, body);
    while (!reader.atEnd()) {
      TRY(reader.next(instruction_));
      bool isLast = reader.atEnd() && scope_.depth() == 0;
      if (isLast && opcodeInfo(instruction_.op).nesting == Nesting::Closes) break;
      printLine();
      if (to_.out.isCut()) {
        return errorAt(to_.module.fileName, instruction_.offset, kTextTooLong);
      }
    }
    to_.names.functionHasLabels(function_, labelCount_);
    return {};
  }

 private:
  // `end` is printed at the depth outside of the block, and so are the keywords that divide a
  // block.
  void printLine() {
    Nesting nesting = opcodeInfo(instruction_.op).nesting;
    if (nesting == Nesting::Closes && scope_.depth() > 0) scope_.pop();
    uint32_t depth = scope_.depth();
    // `else` and `catch` align with the first and the last line of their block.
    if (nesting == Nesting::Divides && depth > 0) --depth;
    printHint(depth);
    to_.out.newLine(kBodyDepth + depth);
    bool opens = nesting == Nesting::Opens;
    std::string_view label = opens ? nextLabel() : std::string_view();
    printInstruction(to_, scope_, label, instruction_);
    if (opens) open(label);
  }

  // Names of labels are numbered in the order of the structured instructions.
  std::string_view nextLabel() {
    auto name = labels_.find(labelCount_++);
    return name == labels_.end() ? std::string_view() : name->second;
  }

  // Enters a block. For a label without a name, prints the depth of the block as a comment, which
  // branches to it also show.
  void open(std::string_view label) {
    scope_.push(label);
    if (!label.empty()) return;
    to_.out.add(" ;; label = @");
    to_.out.natural(scope_.depth());
  }

  // Prints the annotation of the current instruction, if it has a hint. Hints are sorted like the
  // instructions, so only the first of the rest is compared.
  void printHint(uint32_t depth) {
    if (hints_.empty() || hints_.front().offset != instruction_.offset) return;
    to_.out.newLine(kBodyDepth + depth);
    to_.out.add("(@metadata.code.branch_hint ");
    to_.out.bytes(hints_.front().isLikely ? "\x01" : std::string_view("\0", 1));
    to_.out.add(')');
    hints_ = hints_.subspan(1);
  }

  Printing& to_;
  uint32_t function_;
  BodyScope scope_;
  const NameMap& labels_;
  std::span<const BranchHint> hints_;
  uint32_t labelCount_ = 0;
  Instruction instruction_;
};

// Returns the number of instructions before the final `end`.
base::Result<size_t> countInstructions(const Module& module, CodeRange expression) {
  InstructionReader reader(module, expression);
  Instruction instruction;
  size_t count = 0;
  while (!reader.atEnd()) {
    TRY(reader.next(instruction));
    if (!reader.atEnd()) ++count;
  }
  return count;
}

}  // namespace

base::Result<void> printBody(Printing& to, uint32_t function) {
  return BodyPrinter(to, function).print();
}

base::Result<void> printExpression(Printing& to, CodeRange expression) {
  // Constant expressions have no locals and labels of their own.
  const NameMap noLocals;
  const BodyScope scope(noLocals);
  InstructionReader reader(to.module, expression);
  Instruction instruction;
  for (bool isFirst = true; !reader.atEnd(); isFirst = false) {
    TRY(reader.next(instruction));
    if (reader.atEnd()) break;
    if (!isFirst) to.out.add(' ');
    printInstruction(to, scope, {}, instruction);
  }
  return {};
}

base::Result<void> printOperand(Printing& to, CodeRange expression, std::string_view keyword) {
  TRY_ASSIGN(size_t count, countInstructions(to.module, expression));
  to.out.add('(');
  if (count != 1) to.out.add(keyword);
  if (count > 1) to.out.add(' ');
  TRY(printExpression(to, expression));
  to.out.add(')');
  return {};
}

}  // namespace wasm
