// The readers of the sections with contents: elements, code, data (sections 5.5.12 to 5.5.14).
#include <fmt/format.h>

#include "compiler/wasm/binary/encode_types.h"
#include "compiler/wasm/binary/read_expression.h"
#include "compiler/wasm/binary/sections.h"
#include "compiler/wasm/binary/type_codes.h"
#include "compiler/wasm/limits.h"

namespace wasm {
namespace {

constexpr uint8_t kEndCode = 0x0b;

// The meaning of the second flag depends on the first one.
SegmentMode modeOf(uint32_t flags) {
  if ((flags & kNotActive) == 0) return SegmentMode::Active;
  return (flags & kIsDeclared) != 0 ? SegmentMode::Declared : SegmentMode::Passive;
}

// Returns the element type of a segment: the type of function indices is not nullable, the default
// for expressions is.
ValueType readElementType(Cursor& in, uint32_t flags) {
  bool hasExpressions = (flags & kHasExpressions) != 0;
  bool isImplicit = (flags & (kNotActive | kExplicitIndex)) == 0;
  if (isImplicit) return hasExpressions ? kFuncRef : kElementFunction;
  if (hasExpressions) return readReferenceType(in);
  uint32_t start = in.offset();
  if (in.byte() != 0) in.fail(start, "malformed element kind, expected 0");
  return kElementFunction;
}

// Reads one of the eight forms of an element segment (section 5.5.12), which three flags select.
ElementSegment readElementSegment(Cursor& in) {
  ElementSegment segment;
  segment.offset = in.offset();
  uint32_t flags = in.u32();
  if (flags > 7) in.fail(segment.offset, "malformed elements segment kind, expected 0 to 7");
  segment.mode = modeOf(flags);
  if (segment.mode == SegmentMode::Active) {
    if ((flags & kExplicitIndex) != 0) segment.table = in.u32();
    segment.tableOffset = readExpression(in);
  }
  segment.type = readElementType(in, flags);
  uint32_t count = in.count("elements");
  if ((flags & kHasExpressions) != 0) {
    for (uint32_t i = 0; i < count && in.ok(); ++i) {
      segment.expressions.push_back(readExpression(in));
    }
  } else {
    segment.functions.reserve(count);
    for (uint32_t i = 0; i < count && in.ok(); ++i) segment.functions.push_back(in.u32());
  }
  return segment;
}

// Reads the runs of locals of a function (section 5.5.13). The sum is limited, not only each run: a
// few bytes can declare 2^32 - 1 locals per run. The sum is computed in 64 bits, so that it cannot
// wrap around.
void readLocals(Cursor& in, Function& out) {
  uint32_t start = in.offset();
  uint64_t total = 0;
  uint32_t runs = in.count("runs of locals");
  for (uint32_t i = 0; i < runs && in.ok(); ++i) {
    LocalRun run;
    run.count = in.u32();
    run.type = readValueType(in);
    out.locals.push_back(run);
    total += run.count;
  }
  if (total > kMaxLocals) {
    in.fail(start, fmt::format("too many locals: {}, at most {} are supported", total, kMaxLocals));
  }
}

// The instructions are not decoded here. That the last byte is an `end` is a quick check against
// wrong sizes; validation checks that it closes the body.
void readFunctionBody(const Module& module, Cursor& section, Function& out) {
  out.offset = section.offset();
  uint32_t size = section.u32();
  uint32_t begin = section.offset();
  section.take(size, "a function body");
  if (!section.ok()) return;
  Cursor in(module.bytes, {begin, begin + size});
  readLocals(in, out);
  out.body = {in.offset(), in.endOffset()};
  if (in.ok() && (in.atEnd() || module.bytes[out.body.end - 1] != kEndCode)) {
    in.fail(in.endOffset(), "END opcode expected at the end of the function body");
  }
  section.merge(in);
}

}  // namespace

void readElementSection(Module& module, Cursor& in) {
  uint32_t count = in.count("element segments");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    module.elements.push_back(readElementSegment(in));
  }
}

void readCodeSection(Module& module, Cursor& in) {
  uint32_t start = in.offset();
  uint32_t count = in.count("function bodies");
  size_t declared = module.functions.size() - module.importedFunctions;
  // Bodies are stored in the functions of the function section, so more bodies than functions would
  // be stored beyond the end of the vector.
  if (in.ok() && count != declared) {
    in.fail(start, fmt::format("function and code section have inconsistent lengths: {} functions, "
                               "{} bodies",
                               declared, count));
  }
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    readFunctionBody(module, in, module.functions[module.importedFunctions + i]);
  }
}

void readDataSection(Module& module, Cursor& in) {
  uint32_t count = in.count("data segments");
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    DataSegment segment;
    segment.offset = in.offset();
    uint32_t flags = in.u32();
    if (flags > 2) in.fail(segment.offset, "malformed data segment kind, expected 0 to 2");
    segment.mode = modeOf(flags);
    if (segment.mode == SegmentMode::Active) {
      if ((flags & kExplicitIndex) != 0) segment.memory = in.u32();
      segment.memoryOffset = readExpression(in);
    }
    uint32_t size = in.u32();
    segment.bytes = in.take(size, "a data segment");
    module.data.push_back(segment);
  }
}

}  // namespace wasm
