#include "compiler/wasm/binary/encode_types.h"

#include <fmt/format.h>

#include <optional>

#include "runtime/base/check.h"

namespace wasm {
namespace {

// The codes of (ref null HEAP) and (ref HEAP); the heap type follows.
constexpr uint8_t kRefNullCode = 0x63;
constexpr uint8_t kRefCode = 0x64;

// The codes of number and vector types (sections 5.3.1 and 5.3.2).
struct NumberCode {
  uint8_t code;
  ValueType type;
};
constexpr NumberCode kNumberCodes[] = {
    {0x7f, kI32}, {0x7e, kI64}, {0x7d, kF32}, {0x7c, kF64}, {0x7b, kV128},
};

// The codes of abstract heap types (section 5.3.3). As a value type, each is an abbreviation of the
// nullable reference.
struct HeapCode {
  uint8_t code;
  HeapType::Abstract type;
};
constexpr HeapCode kHeapCodes[] = {
    {0x70, HeapType::kFunc},     {0x6f, HeapType::kExtern}, {0x6e, HeapType::kAny},
    {0x6d, HeapType::kEq},       {0x6c, HeapType::kI31},    {0x6b, HeapType::kStruct},
    {0x6a, HeapType::kArray},    {0x69, HeapType::kExn},    {0x71, HeapType::kNone},
    {0x72, HeapType::kNoExtern}, {0x73, HeapType::kNoFunc}, {0x74, HeapType::kNoExn},
};

std::optional<ValueType> numberType(uint8_t code) {
  for (const NumberCode& row : kNumberCodes) {
    if (row.code == code) return row.type;
  }
  return std::nullopt;
}

std::optional<HeapType> abstractHeapType(uint8_t code) {
  for (const HeapCode& row : kHeapCodes) {
    if (row.code == code) return HeapType(row.type);
  }
  return std::nullopt;
}

// Returns whether the byte is a negative number of one byte in LEB128. The codes of types are
// negative, so that they differ from type indices (section 5.3).
bool isTypeCode(uint8_t byte) { return (byte & 0xc0) == 0x40; }

// Fails with the byte that was found, or because the input ends. Returns Bottom.
ValueType malformed(Cursor& in, std::string_view expected) {
  if (in.atEnd()) {
    in.byte();
  } else {
    in.fail(in.offset(),
            fmt::format("malformed type: found {:#04x}, expected {}", in.peek(), expected));
  }
  return kBottom;
}

}  // namespace

// An abstract heap type is a negative number of one byte, a concrete one a type index as an s33
// that is not negative (section 5.3.3).
HeapType readHeapType(Cursor& in) {
  if (isTypeCode(in.peek())) {
    if (auto type = abstractHeapType(in.peek())) {
      in.byte();
      return *type;
    }
    malformed(in, "a heap type");
    return HeapType::kBottom;
  }
  uint32_t at = in.offset();
  int64_t index = in.s33();
  // Larger indices could not be distinguished from abstract types in a HeapType.
  if (index < 0 || index >= HeapType::kFunc) {
    in.fail(at, "malformed heap type");
    return HeapType::kBottom;
  }
  return HeapType::concrete(static_cast<uint32_t>(index));
}

ValueType readReferenceType(Cursor& in) {
  uint8_t code = in.peek();
  if (code == kRefCode || code == kRefNullCode) {
    in.byte();
    HeapType heap = readHeapType(in);
    return ValueType::ref(heap, code == kRefNullCode);
  }
  if (auto heap = abstractHeapType(code)) {
    in.byte();
    return ValueType::ref(*heap, true);
  }
  return malformed(in, "a reference type");
}

ValueType readValueType(Cursor& in) {
  if (auto type = numberType(in.peek())) {
    in.byte();
    return *type;
  }
  if (!startsValueType(in.peek())) return malformed(in, "a value type");
  return readReferenceType(in);
}

bool startsValueType(uint8_t byte) {
  return byte == kRefCode || byte == kRefNullCode || numberType(byte) || abstractHeapType(byte);
}

void writeHeapType(base::Bytes& out, HeapType type) {
  if (type.isConcrete()) {
    base::appendSleb(out, type.typeIndex());
    return;
  }
  for (const HeapCode& row : kHeapCodes) {
    if (row.type == type.abstract()) out.push_back(row.code);
  }
}

void writeValueType(base::Bytes& out, ValueType type) {
  CHECK(type.kind != ValueKind::Bottom);
  if (type.isRef()) {
    // Only nullable references to abstract heap types have an abbreviation.
    bool isShort = type.nullable && !type.heap.isConcrete();
    if (!isShort) out.push_back(type.nullable ? kRefNullCode : kRefCode);
    writeHeapType(out, type.heap);
    return;
  }
  for (const NumberCode& row : kNumberCodes) {
    if (row.type == type) out.push_back(row.code);
  }
}

}  // namespace wasm
