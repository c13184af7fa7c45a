// The parsers of the immediates of instructions (section 6.5), by their shape. They set all members
// that the shape uses, since the instruction is reused.
#include <fmt/format.h>

#include <bit>
#include <string>

#include "compiler/wasm/text/lex/characters.h"
#include "compiler/wasm/text/lex/keywords.h"
#include "compiler/wasm/text/lex/literals.h"
#include "compiler/wasm/text/parse/code_parser.h"
#include "compiler/wasm/text/parse/parse_types.h"
#include "runtime/base/numbers.h"

namespace wasm {
namespace {

constexpr std::string_view kOffset = "offset=";
constexpr std::string_view kAlign = "align=";

bool isKeyword(const Token& token, std::string_view prefix) {
  return token.kind == TokenKind::Keyword && token.text.starts_with(prefix);
}

// Parse a required index, and one that is 0 if it is omitted.
uint32_t index(CodeParser& c, IndexSpace space) { return c.context().expectIndex(space); }
uint32_t indexOr0(CodeParser& c, IndexSpace space) { return c.context().takeIndexOr(space, 0); }

// Returns whether two indices follow. If there is only one, it is the second, and the first is 0,
// as in `memory.init $data`.
bool atTwoIndices(CodeParser& c) {
  return c.context().atIndex() && ParseContext::isIndex(c.in().peekNext());
}

namespace parse {

// `select (result t)` has the same keyword as the select without types. Several lists are
// concatenated.
void selectTypes(CodeParser& c, Instruction& out) {
  out.types.clear();
  while (c.in().takeList("result")) {
    while (atValueType(c.in())) out.types.push_back(expectValueType(c.context()));
    c.in().expectClose();
  }
}

// For `select`, whose first row is the one without types.
void none(CodeParser& c, Instruction& out) {
  std::optional<Op> typed = otherRow(out.op);
  if (!typed || !c.in().atList("result")) return;
  out.op = *typed;
  selectTypes(c, out);
}

// A block type without parameters and with at most one result has a short form. Others use a
// function type, which is added to the module if it is new (section 6.5.3).
void blockType(CodeParser& c, Instruction& out) {
  ParseContext& p = c.context();
  out.block = {};
  if (!p.in.atList("type") && !p.in.atList("param") && !p.in.atList("result")) return;
  bool hasIndex = p.in.atList("type");
  FuncType type;
  if (!hasIndex) takeSignature(p, type, nullptr);
  bool isShort = !hasIndex && type.params.empty() && type.results.size() <= 1;
  if (!isShort) {
    out.block.kind = BlockType::Kind::Index;
    out.block.typeIndex =
        hasIndex ? expectTypeUse(p, nullptr) : p.functionTypes.indexOf(type, p.fieldOffset);
  } else if (!type.results.empty()) {
    out.block.kind = BlockType::Kind::Value;
    out.block.value = type.results[0];
  }
}

void label(CodeParser& c, Instruction& out) { out.index = c.expectLabel(); }

// At least one label, the default, which comes last in the text as well.
void labels(CodeParser& c, Instruction& out) {
  out.labels.clear();
  do {
    out.labels.push_back(c.expectLabel());
  } while (c.context().atIndex());
}

void function(CodeParser& c, Instruction& out) { out.index = index(c, IndexSpace::Function); }
void type(CodeParser& c, Instruction& out) { out.index = index(c, IndexSpace::Type); }
void table(CodeParser& c, Instruction& out) { out.index = indexOr0(c, IndexSpace::Table); }
void local(CodeParser& c, Instruction& out) { out.index = c.expectLocal(); }
void global(CodeParser& c, Instruction& out) { out.index = index(c, IndexSpace::Global); }
void memory(CodeParser& c, Instruction& out) { out.index = indexOr0(c, IndexSpace::Memory); }
void tag(CodeParser& c, Instruction& out) { out.index = index(c, IndexSpace::Tag); }
void element(CodeParser& c, Instruction& out) { out.index = index(c, IndexSpace::Element); }

// The data count section is generated if an instruction names a data segment.
uint32_t dataIndex(CodeParser& c) {
  c.context().usesDataCount = true;
  return index(c, IndexSpace::Data);
}

void data(CodeParser& c, Instruction& out) { out.index = dataIndex(c); }

void typeTable(CodeParser& c, Instruction& out) {
  out.index2 = indexOr0(c, IndexSpace::Table);
  out.index = expectTypeUse(c.context(), nullptr);
}

void elementTable(CodeParser& c, Instruction& out) {
  out.index2 = atTwoIndices(c) ? index(c, IndexSpace::Table) : 0;
  out.index = index(c, IndexSpace::Element);
}

void dataMemory(CodeParser& c, Instruction& out) {
  out.index2 = atTwoIndices(c) ? index(c, IndexSpace::Memory) : 0;
  out.index = dataIndex(c);
}

// Parses two indices or none, which means 0 for both.
void twoOf(CodeParser& c, Instruction& out, IndexSpace space) {
  bool isExplicit = c.context().atIndex();
  out.index = isExplicit ? index(c, space) : 0;
  out.index2 = isExplicit ? index(c, space) : 0;
}

void tableTable(CodeParser& c, Instruction& out) { twoOf(c, out, IndexSpace::Table); }
void memoryMemory(CodeParser& c, Instruction& out) { twoOf(c, out, IndexSpace::Memory); }

// Fields have identifiers in the scope of their struct type.
void typeField(CodeParser& c, Instruction& out) {
  ParseContext& p = c.context();
  out.index = index(c, IndexSpace::Type);
  bool isIdentifier = p.in.peek().kind == TokenKind::Identifier;
  out.index2 = isIdentifier ? p.expectIdentifierIn(p.fields[out.index], "field")
                            : p.in.expectNatural32("a field index");
}

void typeType(CodeParser& c, Instruction& out) {
  out.index = index(c, IndexSpace::Type);
  out.index2 = index(c, IndexSpace::Type);
}

void typeCount(CodeParser& c, Instruction& out) {
  out.index = index(c, IndexSpace::Type);
  out.index2 = c.in().expectNatural32("a number of elements");
}

void typeData(CodeParser& c, Instruction& out) {
  out.index = index(c, IndexSpace::Type);
  out.index2 = dataIndex(c);
}

void typeElement(CodeParser& c, Instruction& out) {
  out.index = index(c, IndexSpace::Type);
  out.index2 = index(c, IndexSpace::Element);
}

// The text has a reference type. If that is nullable, the opcode is the other row of the keyword:
// `ref.test` and `ref.cast` have two opcodes.
void heapType(CodeParser& c, Instruction& out) {
  ValueType type = expectReferenceType(c.context());
  out.heap = type.heap;
  out.nullable = type.nullable;
  if (type.nullable) out.op = otherRow(out.op).value_or(out.op);
}

// For ref.null, whose row is the first with its keyword.
void nullHeapType(CodeParser& c, Instruction& out) { out.heap = expectHeapType(c.context()); }

void castLabel(CodeParser& c, Instruction& out) {
  out.index = c.expectLabel();
  ValueType source = expectReferenceType(c.context());
  ValueType target = expectReferenceType(c.context());
  out.heap = source.heap;
  out.nullable = source.nullable;
  out.heap2 = target.heap;
  out.nullable2 = target.nullable;
}

struct CatchForm {
  std::string_view keyword;
  CatchClause::Kind kind;
  bool hasTag;
};
constexpr CatchForm kCatchForms[] = {
    {"catch", CatchClause::Kind::Catch, true},
    {"catch_ref", CatchClause::Kind::CatchRef, true},
    {"catch_all", CatchClause::Kind::CatchAll, false},
    {"catch_all_ref", CatchClause::Kind::CatchAllRef, false},
};

const CatchForm* takeCatch(TextCursor& in) {
  for (const CatchForm& form : kCatchForms) {
    if (in.takeList(form.keyword)) return &form;
  }
  return nullptr;
}

void tryTable(CodeParser& c, Instruction& out) {
  blockType(c, out);
  out.catches.clear();
  while (const CatchForm* form = takeCatch(c.in())) {
    CatchClause clause{form->kind, 0, 0};
    if (form->hasTag) clause.tag = index(c, IndexSpace::Tag);
    clause.label = c.expectLabel();
    c.in().expectClose();
    out.catches.push_back(clause);
  }
}

void i32Const(CodeParser& c, Instruction& out) {
  out.bits = static_cast<uint64_t>(static_cast<int32_t>(expectI32(c.in())));
}
void i64Const(CodeParser& c, Instruction& out) { out.bits = expectI64(c.in()); }
void f32Const(CodeParser& c, Instruction& out) { out.bits = expectF32(c.in()); }
void f64Const(CodeParser& c, Instruction& out) { out.bits = expectF64(c.in()); }
void v128Const(CodeParser& c, Instruction& out) { out.bytes = expectV128(c.in()); }

// A lane index must fit into a byte; validation checks it against the number of lanes.
uint8_t laneIndex(CodeParser& c) {
  uint32_t start = c.in().peek().offset;
  uint64_t lane = c.in().expectNatural(UINT64_MAX, "a lane index");
  if (lane <= UINT8_MAX) return static_cast<uint8_t>(lane);
  c.in().fail(start, fmt::format("i8 constant out of range: lane {}, expected at most 255", lane));
  return 0;
}

void shuffleLanes(CodeParser& c, Instruction& out) {
  uint32_t start = c.in().peek().offset;
  size_t lanes = 0;
  for (; c.in().peek().kind == TokenKind::Integer && lanes < out.bytes.size(); ++lanes) {
    out.bytes[lanes] = laneIndex(c);
  }
  bool isMore = c.in().peek().kind == TokenKind::Integer;
  if ((lanes == out.bytes.size() && !isMore) || !c.in().ok()) return;
  c.in().fail(start, fmt::format("invalid lane length: found {} lanes, expected {}",
                                 isMore ? "more" : std::to_string(lanes), out.bytes.size()));
}

// Parses a number after `prefix`, as in offset=8, which is one keyword token. Returns nothing if
// there is no such word.
std::optional<uint64_t> takeNumberAfter(CodeParser& c, std::string_view prefix) {
  if (!isKeyword(c.in().peek(), prefix)) return std::nullopt;
  Token token = c.in().take();
  std::string_view number = token.text.substr(prefix.size());
  if (base::numberKind(number) != base::NumberKind::Integer || !isDigit(number[0])) {
    c.in().fail(token.offset, fmt::format("unknown operator {}, expected a number after {}",
                                          spelling(token), prefix));
    return 0;
  }
  std::optional<uint64_t> value = base::parseNatural(number, UINT64_MAX);
  if (!value) {
    c.in().fail(token.offset,
                fmt::format("i64 constant out of range: {}, expected 64 bits", spelling(token)));
  }
  return value.value_or(0);
}

// The alignment is in bytes in the text and a logarithm in the binary format. It is natural if it
// is omitted (section 6.5.6).
void offsetAndAlign(CodeParser& c, Instruction& out) {
  out.bits = takeNumberAfter(c, kOffset).value_or(0);
  out.align = opcodeInfo(out.op).naturalAlign;
  uint32_t start = c.in().peek().offset;
  std::optional<uint64_t> align = takeNumberAfter(c, kAlign);
  if (!align || !c.in().ok()) return;
  if (!std::has_single_bit(*align)) {
    return c.in().fail(start, fmt::format("alignment must be a power of two, found {}", *align));
  }
  out.align = static_cast<uint32_t>(std::countr_zero(*align));
}

void memArg(CodeParser& c, Instruction& out) {
  memory(c, out);
  offsetAndAlign(c, out);
}

void lane(CodeParser& c, Instruction& out) { out.lane = laneIndex(c); }

// A single number is the lane, not the memory. A memory is recognized by an identifier, by a second
// number, or by an offset or alignment after it.
void memLane(CodeParser& c, Instruction& out) {
  const Token& next = c.in().peekNext();
  bool hasMemory = c.in().peek().kind == TokenKind::Identifier || atTwoIndices(c) ||
                   (c.context().atIndex() && (isKeyword(next, kOffset) || isKeyword(next, kAlign)));
  out.index = hasMemory ? index(c, IndexSpace::Memory) : 0;
  offsetAndAlign(c, out);
  lane(c, out);
}

void atomicArg(CodeParser& c, Instruction& out) { memArg(c, out); }
void zeroByte(CodeParser&, Instruction&) {}

}  // namespace parse
}  // namespace

constinit const std::array<ImmediateParser, kImmediateShapeCount> kImmediateParsers = {
#define IMMEDIATE(id, layout) parse::id,
#include "compiler/wasm/immediates.def"
#undef IMMEDIATE
};

}  // namespace wasm
