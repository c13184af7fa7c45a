// The parsers of element and data segments (sections 6.6.8 and 6.6.9).
#include "compiler/wasm/text/parse/code_parser.h"
#include "compiler/wasm/text/parse/parse_fields.h"
#include "compiler/wasm/text/parse/parse_types.h"

namespace wasm {
namespace {

// Parses any number of expressions: `(item instruction*)` or a folded instruction, which is an
// abbreviation of it.
void takeElementExpressions(ParseContext& p, ElementSegment& segment) {
  while (p.in.ok() && p.in.peek().kind == TokenKind::LeftParen) {
    bool isItem = p.in.takeList("item");
    segment.expressions.push_back(isItem ? p.code->expectInstructions() : p.code->expectFolded());
    if (isItem) p.in.expectClose();
  }
}

// Parses function indices. The element type is (ref func), as in the binary format.
void takeFunctions(ParseContext& p, ElementSegment& segment) {
  segment.type = kElementFunction;
  while (p.atIndex()) segment.functions.push_back(p.expectIndex(IndexSpace::Function));
}

// Parses function indices into ref.func expressions, for element types other than (ref null func)
// and (ref func).
void takeFunctionReferences(ParseContext& p, ElementSegment& segment) {
  while (p.atIndex()) {
    Instruction reference{.op = Op::RefFunc, .offset = p.in.peek().offset};
    reference.index = p.expectIndex(IndexSpace::Function);
    segment.expressions.push_back(p.code->constant(reference));
  }
}

// Encodes the offset of an inline segment.
CodeRange zeroOffset(ParseContext& p, bool is64) {
  return p.code->constant({.op = is64 ? Op::I64Const : Op::I32Const, .offset = p.in.peek().offset});
}

// Parses `func $f*`, or a type and expressions. If `isShort`, function indices may come without
// `func`, as in WebAssembly 1.0.
void parseElementList(ParseContext& p, ElementSegment& segment, bool isShort) {
  if (p.in.takeKeyword("func") || (isShort && !atValueType(p.in))) {
    takeFunctions(p, segment);
  } else {
    segment.type = expectReferenceType(p);
    takeElementExpressions(p, segment);
  }
}

// Parses `(offset instruction*)` or a folded instruction.
CodeRange expectOffset(ParseContext& p) {
  if (!p.in.takeList("offset")) return p.code->expectFolded();
  CodeRange code = p.code->expectInstructions();
  p.in.expectClose();
  return code;
}

// Returns whether an active segment follows: at `(table $t)`, `(offset ...)` or a folded
// instruction, as opposed to a reference type.
bool atActive(const TextCursor& in) {
  return in.peek().kind == TokenKind::LeftParen && !in.atList("ref");
}

}  // namespace

void parseElementField(ParseContext& p) {
  ElementSegment segment{.offset = p.fieldOffset};
  p.in.expectList("elem");
  p.takeName(p.names.elements, static_cast<uint32_t>(p.module.elements.size()));
  bool isShort = false;
  if (p.in.takeKeyword("declare")) {
    segment.mode = SegmentMode::Declared;
  } else if (atActive(p.in)) {
    segment.mode = SegmentMode::Active;
    std::optional<uint32_t> table = p.takeListedIndex("table", IndexSpace::Table);
    segment.table = table.value_or(0);
    segment.tableOffset = expectOffset(p);
    isShort = !table;
  }
  parseElementList(p, segment, isShort);
  p.in.expectClose();
  p.module.elements.push_back(std::move(segment));
}

uint64_t parseInlineElements(ParseContext& p, uint32_t table, ValueType type, bool is64) {
  ElementSegment segment{.mode = SegmentMode::Active, .type = type, .table = table};
  segment.offset = p.markHere();
  // The offset is encoded before the elements, so that positions ascend.
  segment.tableOffset = zeroOffset(p, is64);
  if (p.in.peek().kind == TokenKind::LeftParen) {
    takeElementExpressions(p, segment);
  } else if (type.heap == HeapType::kFunc) {
    takeFunctions(p, segment);
  } else {
    takeFunctionReferences(p, segment);
  }
  uint64_t size = segment.functions.size() + segment.expressions.size();
  p.module.elements.push_back(std::move(segment));
  return size;
}

void parseDataField(ParseContext& p) {
  DataSegment segment{.offset = p.fieldOffset};
  p.in.expectList("data");
  p.takeName(p.names.data, static_cast<uint32_t>(p.module.data.size()));
  if (p.in.peek().kind == TokenKind::LeftParen) {
    segment.mode = SegmentMode::Active;
    segment.memory = p.takeListedIndex("memory", IndexSpace::Memory).value_or(0);
    segment.memoryOffset = expectOffset(p);
  }
  segment.bytes = base::asBytes(p.in.takeStrings());
  p.in.expectClose();
  p.module.data.push_back(segment);
}

uint64_t parseInlineData(ParseContext& p, uint32_t memory, bool is64) {
  DataSegment segment{.mode = SegmentMode::Active, .memory = memory, .offset = p.markHere()};
  segment.memoryOffset = zeroOffset(p, is64);
  segment.bytes = base::asBytes(p.in.takeStrings());
  p.module.data.push_back(segment);
  return segment.bytes.size();
}

}  // namespace wasm
