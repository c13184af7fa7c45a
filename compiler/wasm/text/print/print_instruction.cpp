#include "compiler/wasm/text/print/print_instruction.h"

#include <algorithm>

namespace wasm {

void BodyScope::push(std::string_view label) {
  if (!label.empty()) places_[label].push_back(depth());
  labels_.push_back(label);
}

void BodyScope::pop() {
  if (!labels_.back().empty()) places_[labels_.back()].pop_back();
  labels_.pop_back();
}

std::string_view BodyScope::local(uint32_t index) const {
  auto name = locals_.find(index);
  return name == locals_.end() ? std::string_view() : name->second;
}

std::string_view BodyScope::label(uint32_t index) const {
  if (index >= depth()) return {};
  // The innermost label of the name is the only one that the name can refer to.
  uint32_t place = depth() - 1 - index;
  std::string_view name = labels_[place];
  bool isVisible = !name.empty() && places_.at(name).back() == place;
  return isVisible ? name : std::string_view();
}

namespace {

// Prints the immediates of an instruction. Each public member function prints those of the shape
// with its name, with a blank before each.
class ImmediatePrinter {
 public:
  ImmediatePrinter(Printing& to, const BodyScope& scope, std::string_view ownLabel,
                   const Instruction& in)
      : to_(to), scope_(scope), ownLabel_(ownLabel), in_(in) {}

  void none() {}
  void zeroByte() {}

  void blockType() {
    if (!ownLabel_.empty()) identifier(ownLabel_);
    switch (in_.block.kind) {
      case BlockType::Kind::Empty:
        return;
      case BlockType::Kind::Value:
        return printResults(to_, {in_.block.value});
      case BlockType::Kind::Index:
        return printTypeUse(to_, in_.block.typeIndex, {});
    }
  }

  // The label of the block comes first; catch clauses follow the block type.
  void tryTable() {
    blockType();
    for (const CatchClause& clause : in_.catches) {
      constexpr std::string_view kKeywords[] = {"catch", "catch_ref", "catch_all", "catch_all_ref"};
      bool hasTag =
          clause.kind == CatchClause::Kind::Catch || clause.kind == CatchClause::Kind::CatchRef;
      to_.out.add(" (");
      to_.out.add(kKeywords[static_cast<size_t>(clause.kind)]);
      if (hasTag) index(IndexSpace::Tag, clause.tag);
      printLabel(clause.label);
      to_.out.add(')');
    }
  }

  void label() { printLabel(in_.index); }
  void labels() {
    for (uint32_t label : in_.labels) printLabel(label);
  }
  void castLabel() {
    printLabel(in_.index);
    reference(in_.heap, in_.nullable);
    reference(in_.heap2, in_.nullable2);
  }

  void local() {
    std::string_view name = scope_.local(in_.index);
    if (name.empty()) {
      natural(in_.index);
    } else {
      identifier(name);
    }
  }

  void function() { index(IndexSpace::Function, in_.index); }
  void type() { index(IndexSpace::Type, in_.index); }
  void table() { index(IndexSpace::Table, in_.index); }
  void global() { index(IndexSpace::Global, in_.index); }
  void tag() { index(IndexSpace::Tag, in_.index); }
  void element() { index(IndexSpace::Element, in_.index); }
  void data() { index(IndexSpace::Data, in_.index); }
  void memory() { indexUnlessZero(IndexSpace::Memory, in_.index); }

  // The type use of call_indirect is printed without the signature, since the index determines it.
  void typeTable() {
    indexUnlessZero(IndexSpace::Table, in_.index2);
    to_.out.add(" (type ");
    printIndex(to_, IndexSpace::Type, in_.index);
    to_.out.add(')');
  }
  // In the text the table comes before the element segment; the binary format has them in the other
  // order.
  void elementTable() {
    indexUnlessZero(IndexSpace::Table, in_.index2);
    index(IndexSpace::Element, in_.index);
  }
  void dataMemory() {
    indexUnlessZero(IndexSpace::Memory, in_.index2);
    index(IndexSpace::Data, in_.index);
  }
  void tableTable() { bothUnlessZero(IndexSpace::Table); }
  void memoryMemory() { bothUnlessZero(IndexSpace::Memory); }
  void typeField() {
    type();
    std::string_view name = to_.names.field(in_.index, in_.index2);
    if (name.empty()) {
      natural(in_.index2);
    } else {
      identifier(name);
    }
  }
  void typeType() {
    type();
    index(IndexSpace::Type, in_.index2);
  }
  void typeCount() {
    type();
    natural(in_.index2);
  }
  void typeData() {
    type();
    index(IndexSpace::Data, in_.index2);
  }
  void typeElement() {
    type();
    index(IndexSpace::Element, in_.index2);
  }

  void heapType() { reference(in_.heap, false); }
  void nullHeapType() {
    // ref.null has only a heap type in the text, since it is always nullable.
    if (opcodeInfo(in_.op).family != Family::refNull) return reference(in_.heap, true);
    to_.out.add(' ');
    printHeapType(to_, in_.heap);
  }
  // An empty list must be printed, since without it the instruction would be the other `select`.
  void selectTypes() {
    if (in_.types.empty()) return to_.out.add(" (result)");
    printResults(to_, in_.types);
  }

  void i32Const() {
    to_.out.add(' ');
    to_.out.integer(static_cast<int32_t>(in_.bits));
  }
  void i64Const() {
    to_.out.add(' ');
    to_.out.integer(static_cast<int64_t>(in_.bits));
  }
  void f32Const() {
    to_.out.add(' ');
    to_.out.f32(static_cast<uint32_t>(in_.bits));
  }
  void f64Const() {
    to_.out.add(' ');
    to_.out.f64(in_.bits);
  }
  // All vectors are printed as i32x4, which keeps all bits whatever the type of the lanes.
  void v128Const() {
    to_.out.add(" i32x4");
    for (size_t at = 0; at < in_.bytes.size(); at += 4) {
      to_.out.add(' ');
      to_.out.hexadecimal(base::loadUnaligned<uint32_t>(&in_.bytes[at]), 32);
    }
  }
  void shuffleLanes() {
    for (uint8_t lane : in_.bytes) natural(lane);
  }

  // Defaults are omitted: memory 0, offset 0 and the natural alignment.
  void memArg() {
    memory();
    if (in_.bits != 0) {
      to_.out.add(" offset=");
      to_.out.natural(in_.bits);
    }
    if (in_.align != opcodeInfo(in_.op).naturalAlign) {
      to_.out.add(" align=");
      to_.out.natural(uint64_t{1} << in_.align);
    }
  }
  void atomicArg() { memArg(); }
  void memLane() {
    memArg();
    lane();
  }
  void lane() { natural(in_.lane); }

 private:
  void natural(uint64_t number) {
    to_.out.add(' ');
    to_.out.natural(number);
  }
  void identifier(std::string_view name) {
    to_.out.add(' ');
    to_.out.identifier(name);
  }
  void index(IndexSpace space, uint32_t number) {
    to_.out.add(' ');
    printIndex(to_, space, number);
  }
  void indexUnlessZero(IndexSpace space, uint32_t number) {
    if (number != 0) index(space, number);
  }
  // Two indices are printed or none, as the text format demands.
  void bothUnlessZero(IndexSpace space) {
    if (in_.index == 0 && in_.index2 == 0) return;
    index(space, in_.index);
    index(space, in_.index2);
  }
  void reference(HeapType heap, bool nullable) {
    to_.out.add(' ');
    printReferenceType(to_, heap, nullable);
  }
  // A label without a name is printed as its index, with the depth of the block as a comment.
  void printLabel(uint32_t label) {
    if (std::string_view name = scope_.label(label); !name.empty()) return identifier(name);
    natural(label);
    // The function body is a label as well, at depth 0.
    if (label > scope_.depth()) return;
    to_.out.add(" (;@");
    to_.out.natural(scope_.depth() - label);
    to_.out.add(";)");
  }

  Printing& to_;
  const BodyScope& scope_;
  std::string_view ownLabel_;
  const Instruction& in_;
};

using PrintImmediates = void (ImmediatePrinter::*)();
constexpr PrintImmediates kPrinters[] = {
#define IMMEDIATE(id, layout) &ImmediatePrinter::id,
#include "compiler/wasm/immediates.def"
#undef IMMEDIATE
};

}  // namespace

void printInstruction(Printing& to, const BodyScope& scope, std::string_view ownLabel,
                      const Instruction& instruction) {
  const OpcodeInfo& info = opcodeInfo(instruction.op);
  to.out.add(info.text);
  ImmediatePrinter printer(to, scope, ownLabel, instruction);
  (printer.*kPrinters[static_cast<size_t>(info.immediate)])();
}

}  // namespace wasm
