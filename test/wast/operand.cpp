#include "test/wast/operand.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace wast {
namespace {

using abi::ValueKind;
using runtime::Value;

struct KindName {
  ValueKind kind;
  std::string_view name;
};

constexpr KindName kNumberKinds[] = {
    {ValueKind::I32, "i32"},
    {ValueKind::I64, "i64"},
    {ValueKind::F32, "f32"},
    {ValueKind::F64, "f64"},
};

struct ReferenceName {
  std::string_view name;
  ValueKind kind;  // of the values that it matches; not used for Null and Any
};

// By ReferenceKind: the keyword in scripts.
constexpr ReferenceName kReferences[] = {
    {"ref.null", ValueKind::AnyRef},      {"ref.host", ValueKind::AnyRef},
    {"ref", ValueKind::AnyRef},           {"ref.eq", ValueKind::AnyRef},
    {"ref.i31", ValueKind::AnyRef},       {"ref.struct", ValueKind::AnyRef},
    {"ref.array", ValueKind::AnyRef},     {"ref.func", ValueKind::FuncRef},
    {"ref.extern", ValueKind::ExternRef}, {"ref.exn", ValueKind::ExnRef},
};

const ReferenceName& rowOf(ReferenceKind kind) { return kReferences[static_cast<size_t>(kind)]; }

bool isReference(ValueKind kind) { return kind >= ValueKind::FuncRef; }

// Returns whether a number of this shape has the kind; vectors of all shapes do.
bool hasKind(const Shape& shape, ValueKind kind) {
  if (shape.isVector) return kind == ValueKind::V128;
  for (const KindName& row : kNumberKinds) {
    if (row.kind == kind) return row.name == shape.name;
  }
  return false;
}

// Returns the first shape of this kind, which is i8x16 for vectors.
const Shape& shapeOf(ValueKind kind) {
  return *std::find_if(kShapes.begin(), kShapes.end(),
                       [&](const Shape& shape) { return hasKind(shape, kind); });
}

// Returns the bits of a lane. Scalars are lane 0, since slots and lanes are little-endian.
uint64_t laneOf(const Value& value, const Shape& shape, uint8_t lane) {
  uint64_t bits = 0;
  uint32_t bytes = shape.laneBits / 8;
  std::memcpy(&bits, value.slot.v128 + lane * bytes, bytes);
  return bits;
}

void setLane(Value& value, const Shape& shape, uint8_t lane, uint64_t bits) {
  uint32_t bytes = shape.laneBits / 8;
  std::memcpy(value.slot.v128 + lane * bytes, &bits, bytes);
}

// Returns the most specific pattern that matches the value.
Reference referenceOf(const Value& value) {
  if (value.slot.ref == nullptr) return {ReferenceKind::Null, std::nullopt};
  if (value.kind == ValueKind::FuncRef) return {ReferenceKind::Func, std::nullopt};
  auto number = static_cast<uint32_t>(abi::hostPointer(value.slot.i64));
  switch (runtime::referentKind(value.slot.i64)) {
    case runtime::ReferentKind::I31:
      return {ReferenceKind::I31, std::nullopt};
    case runtime::ReferentKind::Struct:
      return {ReferenceKind::Struct, std::nullopt};
    case runtime::ReferentKind::Array:
      return {ReferenceKind::Array, std::nullopt};
    case runtime::ReferentKind::Exception:
      return {ReferenceKind::Exn, std::nullopt};
    case runtime::ReferentKind::String:
      return {value.kind == ValueKind::ExternRef ? ReferenceKind::Extern : ReferenceKind::Host,
              std::nullopt};
    default:
      return {value.kind == ValueKind::ExternRef ? ReferenceKind::Extern : ReferenceKind::Host,
              number};
  }
}

// Returns whether references of this kind can be compared by ref.eq.
bool isEqReference(ReferenceKind kind) {
  return kind == ReferenceKind::I31 || kind == ReferenceKind::Struct ||
         kind == ReferenceKind::Array;
}

// The format of an IEEE 754 binary32 or binary64 number.
struct FloatLayout {
  uint32_t fractionBits;
  uint64_t exponentMask;

  static FloatLayout of(uint32_t bits) {
    uint32_t fraction = bits == 32 ? 23 : 52;
    return {fraction, ((uint64_t{1} << (bits - 1 - fraction)) - 1) << fraction};
  }
  uint64_t fraction(uint64_t bits) const { return bits & ((uint64_t{1} << fractionBits) - 1); }
  uint64_t quietBit() const { return uint64_t{1} << (fractionBits - 1); }
  bool isNan(uint64_t bits) const {
    return (bits & exponentMask) == exponentMask && fraction(bits) != 0;
  }
};

// The sign of a NaN is ignored, as in the reference interpreter.
bool matchesLane(const Lane& pattern, const Shape& shape, uint64_t bits) {
  // Lanes of integers are of other sizes than floats.
  if (pattern.nan == Nan::None) return bits == pattern.bits;
  FloatLayout layout = FloatLayout::of(shape.laneBits);
  switch (pattern.nan) {
    case Nan::None:
      break;
    case Nan::Canonical:
      return layout.isNan(bits) && layout.fraction(bits) == layout.quietBit();
    case Nan::Arithmetic:
      return layout.isNan(bits) && (bits & layout.quietBit()) != 0;
  }
  return false;
}

std::string floatText(uint64_t bits, uint32_t width) {
  FloatLayout layout = FloatLayout::of(width);
  if (layout.isNan(bits))
    return fmt::format("{}nan:{:#x}", bits >> (width - 1) ? "-" : "", layout.fraction(bits));
  if (width == 32) return fmt::format("{}", std::bit_cast<float>(static_cast<uint32_t>(bits)));
  return fmt::format("{}", std::bit_cast<double>(bits));
}

std::string laneText(const Lane& lane, const Shape& shape) {
  if (lane.nan == Nan::Canonical) return "nan:canonical";
  if (lane.nan == Nan::Arithmetic) return "nan:arithmetic";
  if (shape.isFloat) return floatText(lane.bits, shape.laneBits);
  uint32_t unused = 64 - shape.laneBits;
  return fmt::format("{}", static_cast<int64_t>(lane.bits << unused) >> unused);
}

// Converts operands for a parameter of this kind.
struct ToValue {
  ValueKind kind;

  std::optional<Value> operator()(const Number& number) const {
    if (!hasKind(*number.shape, kind)) return std::nullopt;
    Value value;
    value.kind = kind;
    for (uint8_t i = 0; i < number.lanes.size(); ++i) {
      if (number.lanes[i].nan != Nan::None) return std::nullopt;
      setLane(value, *number.shape, i, number.lanes[i].bits);
    }
    return value;
  }

  std::optional<Value> operator()(const Reference& reference) const {
    Value value;
    value.kind = kind;
    value.slot.ref = nullptr;
    if (reference.kind == ReferenceKind::Null && isReference(kind)) return value;
    if (!reference.number || kind != rowOf(reference.kind).kind) return std::nullopt;
    value.slot.i64 = abi::hostWord(*reference.number);
    return value;
  }
};

// Matches patterns with a value.
struct Matches {
  const Value& value;

  bool operator()(const Number& number) const {
    if (!hasKind(*number.shape, value.kind)) return false;
    for (uint8_t i = 0; i < number.lanes.size(); ++i) {
      uint64_t bits = laneOf(value, *number.shape, i);
      if (!matchesLane(number.lanes[i], *number.shape, bits)) return false;
    }
    return true;
  }

  bool operator()(const Reference& reference) const {
    if (!isReference(value.kind)) return false;
    bool isNull = value.slot.ref == nullptr;
    if (reference.kind == ReferenceKind::Null || isNull)
      return isNull && reference.kind == ReferenceKind::Null;
    if (reference.kind == ReferenceKind::Any) return true;
    if (reference.number) {
      return rowOf(reference.kind).kind == value.kind &&
             value.slot.i64 == abi::hostWord(*reference.number);
    }
    ReferenceKind found = referenceOf(value).kind;
    // An externref may refer to an object of the guest as well.
    if (reference.kind == ReferenceKind::Extern) return value.kind == ValueKind::ExternRef;
    if (reference.kind == ReferenceKind::Eq) return isEqReference(found);
    return found == reference.kind;
  }
};

struct Text {
  std::string operator()(const Number& number) const {
    const Shape& shape = *number.shape;
    std::string out = shape.isVector ? fmt::format("(v128.const {}", shape.name)
                                     : fmt::format("({}.const", shape.name);
    for (const Lane& lane : number.lanes) out += fmt::format(" {}", laneText(lane, shape));
    return out + ")";
  }

  std::string operator()(const Reference& reference) const {
    std::string_view name = rowOf(reference.kind).name;
    return reference.number ? fmt::format("({} {})", name, *reference.number)
                            : fmt::format("({})", name);
  }
};

}  // namespace

std::optional<Value> toValue(const Operand& operand, ValueKind kind) {
  return std::visit(ToValue{kind}, operand);
}

bool matches(const Operand& pattern, const Value& value) {
  return std::visit(Matches{value}, pattern);
}

bool matches(const Expectation& expectation, const Value& value) {
  return std::any_of(expectation.begin(), expectation.end(),
                     [&](const Operand& pattern) { return matches(pattern, value); });
}

std::string text(const Operand& operand) { return std::visit(Text{}, operand); }

std::string text(const Expectation& expectation) {
  if (expectation.size() == 1) return text(expectation[0]);
  std::string out = "(either";
  for (const Operand& pattern : expectation) out += fmt::format(" {}", text(pattern));
  return out + ")";
}

std::string text(const Value& value) {
  if (isReference(value.kind)) return text(Operand(referenceOf(value)));
  Number number{&shapeOf(value.kind), {}};
  for (uint8_t i = 0; i < number.shape->lanes; ++i)
    number.lanes.push_back({laneOf(value, *number.shape, i)});
  return text(number);
}

}  // namespace wast
