#include "compiler/wasm/text/parse/parse_types.h"

#include <fmt/format.h>

#include <bit>

#include "compiler/wasm/limits.h"
#include "compiler/wasm/text/parse/code_parser.h"

namespace wasm {
namespace {

// Fails at the cursor if `count` exceeds `limit`.
void checkCount(TextCursor& in, size_t count, uint32_t limit, std::string_view what) {
  if (count <= limit) return;
  in.fail(in.peek().offset, fmt::format("too many {}: at most {} are supported", what, limit));
}

// Parses the rest of `(param $name type)` or `(param type*)`. The limit is checked for each type,
// so that memory is bounded. A list with a name has one type.
void takeParams(ParseContext& p, FuncType& into, BindParam bind) {
  if (p.atName() && bind == nullptr) {
    const Token& token = p.in.peek();
    return p.in.fail(token.offset, fmt::format("unexpected token: found {}, but parameters have no "
                                               "names here",
                                               spelling(token)));
  }
  if (std::optional<ItemName> name = p.takeName()) {
    bind(p, *name, static_cast<uint32_t>(into.params.size()));
    into.params.push_back(expectValueType(p));
  } else {
    while (atValueType(p.in)) {
      into.params.push_back(expectValueType(p));
      checkCount(p.in, into.params.size(), kMaxParams, "parameters");
    }
  }
  checkCount(p.in, into.params.size(), kMaxParams, "parameters");
  p.in.expectClose();
}

void takeResults(ParseContext& p, FuncType& into) {
  while (atValueType(p.in)) {
    into.results.push_back(expectValueType(p));
    checkCount(p.in, into.results.size(), kMaxResults, "results");
  }
  p.in.expectClose();
}

// Checks a type use that has both an index and a signature, which must be equal. `start` is the
// position for errors.
void checkInlineType(ParseContext& p, uint32_t start, uint32_t index, const FuncType& found) {
  if (index >= p.module.types.size()) {
    return p.in.fail(start, fmt::format("unknown type {}", index));
  }
  const SubType& type = p.module.types[index];
  if (type.kind == CompositeKind::Func && type.func == found) return;
  std::string expected =
      type.kind == CompositeKind::Func ? text(type.func) : "no function type at all";
  p.in.fail(start, fmt::format("inline function type {} does not match type {}, which is {}",
                               text(found), index, expected));
}

// Parses a storage type with its mutability (section 6.4.6). Packed fields have i32 values on the
// stack.
FieldType expectFieldType(ParseContext& p) {
  FieldType field;
  field.isMutable = p.in.takeList("mut");
  if (p.in.atKeyword("i8") || p.in.atKeyword("i16")) {
    field.packed = p.in.take().is("i8") ? PackedKind::I8 : PackedKind::I16;
    field.type = kI32;
  } else {
    field.type = expectValueType(p);
  }
  if (field.isMutable) p.in.expectClose();
  return field;
}

// Parses `(field $name type)` or `(field type*)` after its head.
void parseStructField(ParseContext& p, SubType& type, uint32_t typeIndex) {
  if (std::optional<ItemName> name = p.takeName()) {
    uint32_t index = static_cast<uint32_t>(type.fields.size());
    p.declare(p.fields[typeIndex], p.names.fields[typeIndex], *name, index, "field");
    type.fields.push_back(expectFieldType(p));
  } else {
    while (p.in.ok() && !p.in.atClose()) type.fields.push_back(expectFieldType(p));
  }
  p.in.expectClose();
}

void parseComposite(ParseContext& p, SubType& type, uint32_t typeIndex) {
  if (p.in.takeList("func")) {
    type.kind = CompositeKind::Func;
    takeSignature(p, type.func, ignoreParam);
  } else if (p.in.takeList("struct")) {
    type.kind = CompositeKind::Struct;
    while (p.in.takeList("field")) {
      parseStructField(p, type, typeIndex);
      checkCount(p.in, type.fields.size(), kMaxFields, "fields");
    }
  } else if (p.in.takeList("array")) {
    type.kind = CompositeKind::Array;
    type.fields.push_back(expectFieldType(p));
  } else {
    return p.in.unexpected("a function, struct or array type");
  }
  p.in.expectClose();
}

// Parses `(sub final? $super? type)`, or a composite type alone, which is final (section 6.4.7).
void parseSubType(ParseContext& p, SubType& type, uint32_t typeIndex) {
  bool isSub = p.in.takeList("sub");
  if (isSub) {
    type.isFinal = p.in.takeKeyword("final");
    if (p.atIndex()) type.supertype = p.expectIndex(IndexSpace::Type);
    if (p.atIndex()) {
      p.in.fail(p.in.peek().offset, "sub type: a type has at most one supertype");
    }
  }
  parseComposite(p, type, typeIndex);
  if (isSub) p.in.expectClose();
}

// Parses the rest of `(type`, whose parenthesis is at the byte `start`. `group` is the index of the
// first type of the recursive group.
void parseType(ParseContext& p, uint32_t start, uint32_t group) {
  uint32_t index = static_cast<uint32_t>(p.module.types.size());
  if (index >= kMaxTypes) {
    return p.in.fail(start, fmt::format("too many types: at most {} are supported", kMaxTypes));
  }
  SubType type;
  type.offset = p.mark(start);
  type.group = group;
  p.takeName(p.names.types, index);
  parseSubType(p, type, index);
  p.in.expectClose();
  p.module.types.push_back(std::move(type));
}

// Parses `min max?` (section 6.4.9). Numbers have 64 bits for both address types; validation checks
// the range.
Limits expectLimits(ParseContext& p, bool is64) {
  Limits limits;
  limits.is64 = is64;
  limits.min = p.in.expectNatural(UINT64_MAX, "a minimum size");
  if (p.in.peek().kind == TokenKind::Integer) {
    limits.max = p.in.expectNatural(UINT64_MAX, "a maximum size");
  }
  return limits;
}

}  // namespace

bool atValueType(const TextCursor& in) {
  if (in.peek().kind == TokenKind::Keyword) return valueTypeNamed(in.peek().text).has_value();
  return in.atList("ref");
}

ValueType expectValueType(ParseContext& p) {
  if (p.in.takeList("ref")) {
    bool isNullable = p.in.takeKeyword("null");
    HeapType heap = expectHeapType(p);
    p.in.expectClose();
    return ValueType::ref(heap, isNullable);
  }
  if (p.in.peek().kind == TokenKind::Keyword) {
    if (std::optional<ValueType> type = valueTypeNamed(p.in.peek().text)) {
      p.in.take();
      return *type;
    }
  }
  p.in.unexpected("a value type");
  return kI32;
}

ValueType expectReferenceType(ParseContext& p) {
  uint32_t start = p.in.peek().offset;
  ValueType type = expectValueType(p);
  if (p.in.ok() && !type.isRef()) {
    p.in.fail(start,
              fmt::format("unexpected token: found {}, expected a reference type", text(type)));
  }
  return type;
}

HeapType expectHeapType(ParseContext& p) {
  if (p.atIndex()) {
    uint32_t start = p.in.peek().offset;
    uint32_t index = p.expectIndex(IndexSpace::Type);
    // Larger numbers are the codes of abstract heap types.
    if (index < HeapType::kFunc) return HeapType::concrete(index);
    p.in.fail(start, fmt::format("unknown type {}", index));
    return HeapType::kBottom;
  }
  if (p.in.peek().kind == TokenKind::Keyword) {
    if (std::optional<HeapType> type = heapTypeNamed(p.in.peek().text)) {
      p.in.take();
      return *type;
    }
  }
  p.in.unexpected("a heap type");
  return HeapType::kBottom;
}

bool takeIs64(ParseContext& p) {
  if (p.in.takeKeyword("i64")) return true;
  p.in.takeKeyword("i32");
  return false;
}

TableType expectTableType(ParseContext& p, bool is64) {
  TableType type;
  type.limits = expectLimits(p, is64);
  type.element = expectReferenceType(p);
  return type;
}

MemoryType expectMemoryType(ParseContext& p, bool is64) {
  MemoryType type;
  type.limits = expectLimits(p, is64);
  type.limits.isShared = p.in.takeKeyword("shared");
  type.pageSizeLog2 = takePageSizeLog2(p);
  return type;
}

uint32_t takePageSizeLog2(ParseContext& p) {
  if (!p.in.takeList("pagesize")) return kDefaultPageSizeLog2;
  uint32_t start = p.in.peek().offset;
  uint64_t size = p.in.expectNatural(UINT64_MAX, "a page size");
  if (!std::has_single_bit(size)) {
    p.in.fail(start, fmt::format("invalid custom page size {}, expected a power of two", size));
  }
  p.in.expectClose();
  return p.in.ok() ? static_cast<uint32_t>(std::countr_zero(size)) : 0;
}

GlobalType expectGlobalType(ParseContext& p) {
  GlobalType type;
  type.isMutable = p.in.takeList("mut");
  type.value = expectValueType(p);
  if (type.isMutable) p.in.expectClose();
  return type;
}

void ignoreParam(ParseContext&, const ItemName&, uint32_t) {}

void bindLocal(ParseContext& p, const ItemName& name, uint32_t index) {
  p.code->bindLocal(name, index);
}

bool takeSignature(ParseContext& p, FuncType& into, BindParam bind) {
  bool isThere = false;
  while (p.in.takeList("param")) {
    takeParams(p, into, bind);
    isThere = true;
  }
  while (p.in.takeList("result")) {
    takeResults(p, into);
    isThere = true;
  }
  if (isThere && p.in.atList("param")) p.in.unexpected("parameters before results");
  return isThere;
}

// Without an index the type is found by the signature, and added if it is new.
uint32_t expectTypeUse(ParseContext& p, BindParam bind) {
  uint32_t start = p.in.peek().offset;
  std::optional<uint32_t> index = p.takeListedIndex("type", IndexSpace::Type);
  FuncType found;
  bool hasInline = takeSignature(p, found, bind);
  if (!p.in.ok()) return 0;
  if (!index) return p.functionTypes.indexOf(found, p.fieldOffset);
  if (hasInline) checkInlineType(p, start, *index, found);
  return *index;
}

void parseTypeField(ParseContext& p) {
  uint32_t start = p.in.peek().offset;
  p.in.expectList("type");
  parseType(p, start, static_cast<uint32_t>(p.module.types.size()));
}

// The size of the group is not known before its end, so it is set afterwards.
void parseRecField(ParseContext& p) {
  p.in.expectList("rec");
  uint32_t group = static_cast<uint32_t>(p.module.types.size());
  for (uint32_t start = p.in.peek().offset; p.in.takeList("type"); start = p.in.peek().offset) {
    parseType(p, start, group);
  }
  p.in.expectClose();
  size_t size = p.module.types.size() - group;
  for (size_t i = group; i < p.module.types.size(); ++i) {
    p.module.types[i].groupSize = static_cast<uint32_t>(size);
  }
}

}  // namespace wasm
