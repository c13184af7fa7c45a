// The reader of the type section (section 5.5.4): recursive groups of sub types.
#include <fmt/format.h>

#include "compiler/wasm/binary/encode_types.h"
#include "compiler/wasm/binary/sections.h"
#include "compiler/wasm/binary/type_codes.h"
#include "compiler/wasm/limits.h"
#include "runtime/abi/types.h"

namespace wasm {
namespace {

// Compiled code returns results in a buffer of fixed size, which a valid function type must not
// exceed.
static_assert(kMaxResults <= abi::kMaxResults);

// Reads a list of value types (section 5.3.6) of at most `limit` elements.
ValueTypes readResultType(Cursor& in, uint32_t limit, std::string_view what) {
  uint32_t start = in.offset();
  uint32_t count = in.count(what);
  if (count > limit) {
    in.fail(start,
            fmt::format("function type has {} {}, at most {} are supported", count, what, limit));
    return {};
  }
  ValueTypes types;
  types.reserve(count);
  for (uint32_t i = 0; i < count && in.ok(); ++i) types.push_back(readValueType(in));
  return types;
}

// Reads a storage type and a mutability. Packed fields have i32 values on the stack.
FieldType readField(Cursor& in) {
  FieldType field;
  if (in.peek() == kPackedI8 || in.peek() == kPackedI16) {
    field.packed = in.byte() == kPackedI8 ? PackedKind::I8 : PackedKind::I16;
    field.type = kI32;
  } else {
    field.type = readValueType(in);
  }
  field.isMutable = readMutability(in);
  return field;
}

// Reads a composite type (section 5.3.7). An array type is stored with one field.
void readComposite(Cursor& in, SubType& out) {
  uint32_t start = in.offset();
  uint8_t code = in.byte();
  switch (code) {
    case kFuncCode:
      out.kind = CompositeKind::Func;
      out.func.params = readResultType(in, kMaxParams, "parameters");
      out.func.results = readResultType(in, kMaxResults, "results");
      break;
    case kStructCode: {
      out.kind = CompositeKind::Struct;
      uint32_t count = in.count("fields");
      if (count > kMaxFields) {
        in.fail(start, fmt::format("struct type has {} fields, at most {} are supported", count,
                                   kMaxFields));
      }
      for (uint32_t i = 0; i < count && in.ok(); ++i) out.fields.push_back(readField(in));
      break;
    }
    case kArrayCode:
      out.kind = CompositeKind::Array;
      out.fields.push_back(readField(in));
      break;
    default:
      in.fail(start, fmt::format("malformed type: found {:#04x}, expected a function, struct or "
                                 "array type",
                                 code));
  }
}

// Reads a sub type (section 5.3.8). A type without kSubCode or kSubFinalCode is final and has no
// supertype. The format has a list of supertypes, of which validation allows at most one.
SubType readSubType(Cursor& in) {
  SubType type;
  type.offset = in.offset();
  uint8_t code = in.peek();
  if (code == kSubCode || code == kSubFinalCode) {
    type.isFinal = in.byte() == kSubFinalCode;
    uint32_t start = in.offset();
    uint32_t supertypes = in.count("supertypes");
    if (supertypes > 1) in.fail(start, "a type has at most one supertype");
    if (supertypes == 1) type.supertype = in.u32();
  }
  readComposite(in, type);
  return type;
}

}  // namespace

bool readMutability(Cursor& in) {
  uint32_t start = in.offset();
  uint8_t flag = in.byte();
  if (flag > 1) in.fail(start, fmt::format("malformed mutability {:#04x}, expected 0 or 1", flag));
  return flag == 1;
}

// Each item of the section is a recursive group; a single sub type is a group of one. The limit is
// checked for each group before its members are read.
void readTypeSection(Module& module, Cursor& in) {
  uint32_t groups = in.count("types");
  for (uint32_t i = 0; i < groups && in.ok(); ++i) {
    uint32_t size = 1;
    if (in.peek() == kRecCode) {
      in.byte();
      size = in.count("types");
    }
    uint32_t first = static_cast<uint32_t>(module.types.size());
    if (size > kMaxTypes - first) {
      in.fail(in.offset(), fmt::format("too many types: at most {} are supported", kMaxTypes));
    }
    for (uint32_t member = 0; member < size && in.ok(); ++member) {
      SubType type = readSubType(in);
      type.group = first;
      type.groupSize = size;
      module.types.push_back(std::move(type));
    }
  }
}

}  // namespace wasm
