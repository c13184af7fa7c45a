#include "loader/run/invoke.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

#include "loader/program/exit_codes.h"
#include "loader/run/float_text.h"
#include "runtime/base/digits.h"
#include "runtime/base/numbers.h"
#include "runtime/strings/host_strings.h"
#include "wasi/entry_points.h"

namespace run {
namespace {

using abi::ValueKind;
using base::Error;
using base::Result;
using runtime::Value;

// Converts common spellings of numbers to those of the text format: upper-case letters, "infinity",
// a point without a digit before it.
std::string inTextFormat(std::string_view text) {
  std::string word(text);
  for (char& c : word)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  size_t first = word.starts_with('-') || word.starts_with('+') ? 1 : 0;
  if (word.substr(first) == "infinity") word.resize(first + 3);
  if (word.substr(first).starts_with("0x")) first += 2;
  if (word.substr(first).starts_with('.') && first + 1 < word.size() &&
      base::isHexDigit(word[first + 1]))
    word.insert(first, "0");
  return word;
}

// Returns the value in two's complement, or nothing if the text is not an integer of `bits` bits,
// signed or unsigned.
std::optional<uint64_t> parseInteger(std::string_view text, unsigned bits) {
  std::string word = inTextFormat(text);
  if (base::numberKind(word) != base::NumberKind::Integer) return std::nullopt;
  return base::parseInteger(word, bits);
}

// Returns the bits of a float, which `parse` determines. One that is too large is infinite.
template <class Bits>
std::optional<Bits> parseFloat(std::string_view text,
                               std::optional<Bits> (*parse)(std::string_view word)) {
  std::string word = inTextFormat(text);
  if (base::numberKind(word) == base::NumberKind::None) return std::nullopt;
  std::optional<Bits> bits = parse(word);
  bool isNan = word.find("nan") != word.npos;
  if (bits || isNan) return bits;
  return parse(word.starts_with('-') ? "-inf" : "inf");
}

template <unsigned kBits>
std::optional<uint64_t> parseIntegerLane(std::string_view text) {
  return parseInteger(text, kBits);
}

std::optional<uint64_t> parseF32(std::string_view text) { return parseFloat(text, base::parseF32); }
std::optional<uint64_t> parseF64(std::string_view text) { return parseFloat(text, base::parseF64); }

// A shape of a v128: the type and the number of its lanes.
struct VectorShape {
  std::string_view name;
  size_t lanes;
  std::optional<uint64_t> (*parseLane)(std::string_view text);  // its bits
};

constexpr VectorShape kVectorShapes[] = {
    {"i8x16", 16, parseIntegerLane<8>},
    {"i16x8", 8, parseIntegerLane<16>},
    {"i32x4", 4, parseIntegerLane<32>},
    {"i64x2", 2, parseIntegerLane<64>},
    {"f32x4", 4, parseF32},
    {"f64x2", 2, parseF64},
};

// Parses lanes such as "1,2,3,4", as many as the shape has.
std::optional<Value> parseLanes(const VectorShape& shape, std::string_view text) {
  Value vector{ValueKind::V128, {}};
  size_t laneSize = sizeof vector.slot.v128 / shape.lanes;
  for (size_t i = 0; i < shape.lanes; ++i) {
    size_t comma = text.find(',');
    bool isLast = i + 1 == shape.lanes;
    // Too few or too many lanes.
    if ((comma == text.npos) != isLast) return std::nullopt;
    auto bits = shape.parseLane(text.substr(0, comma));
    if (!bits) return std::nullopt;
    std::memcpy(vector.slot.v128 + i * laneSize, &*bits, laneSize);
    if (!isLast) text.remove_prefix(comma + 1);
  }
  return vector;
}

// Parses all 128 bits as one number, as printVector() prints it, or in decimal.
std::optional<Value> parseWhole(std::string_view text) {
  std::string word = inTextFormat(text);
  if (base::numberKind(word) != base::NumberKind::Integer || !base::isDigit(word[0]))
    return std::nullopt;
  const bool isHex = word.starts_with("0x");
  unsigned __int128 bits = 0;
  for (char c : std::string_view(word).substr(isHex ? 2 : 0)) {
    if (c == '_') continue;
    if (__builtin_mul_overflow(bits, isHex ? 16 : 10, &bits) ||
        __builtin_add_overflow(bits, base::hexDigit(c), &bits))
      return std::nullopt;
  }
  Value vector{ValueKind::V128, {}};
  std::memcpy(vector.slot.v128, &bits, sizeof bits);
  return vector;
}

// Parses a v128 with the name of a shape before a colon, or as one number.
std::optional<Value> parseVector(const std::string& text) {
  size_t colon = text.find(':');
  if (colon == text.npos) return parseWhole(text);
  for (const VectorShape& shape : kVectorShapes) {
    if (std::string_view(text).substr(0, colon) == shape.name)
      return parseLanes(shape, std::string_view(text).substr(colon + 1));
  }
  return std::nullopt;
}

// Returns the value of a representation that a text denotes, or nothing.
std::optional<Value> parseValue(ValueKind kind, const std::string& text) {
  auto wrap = [](const auto& parsed, auto make) {
    return parsed ? std::optional(make(*parsed)) : std::nullopt;
  };
  switch (kind) {
    case ValueKind::I32:
      return wrap(parseInteger(text, 32),
                  [](uint64_t value) { return Value::i32(static_cast<uint32_t>(value)); });
    case ValueKind::I64:
      return wrap(parseInteger(text, 64), Value::i64);
    case ValueKind::F32:
      return wrap(parseFloat(text, base::parseF32),
                  [](uint32_t bits) { return Value::f32(std::bit_cast<float>(bits)); });
    case ValueKind::F64:
      return wrap(parseFloat(text, base::parseF64),
                  [](uint64_t bits) { return Value::f64(std::bit_cast<double>(bits)); });
    case ValueKind::V128:
      return parseVector(text);
    case ValueKind::FuncRef:
    case ValueKind::ExternRef:
    case ValueKind::AnyRef:
    case ValueKind::ExnRef:
      if (text == "null") return Value{kind, {}};
      break;
  }
  return std::nullopt;
}

// Returns examples for types whose notation is not that of the text format.
const char* spellingOf(ValueKind kind) {
  return kind == ValueKind::V128 ? ", such as i32x4:1,2,3,4 or 0x00000004000000030000000200000001"
                                 : "";
}

// Returns why a text is not a value of the type.
std::string complaint(const abi::ValueType& type, const std::string& text) {
  std::string range;
  if (base::numberKind(inTextFormat(text)) == base::NumberKind::Integer) {
    if (type.kind == ValueKind::I32) range = "-2147483648 to 4294967295";
    if (type.kind == ValueKind::I64) range = "-9223372036854775808 to 18446744073709551615";
  }
  return fmt::format("is not a value of type {}{}", runtime::text(type),
                     range.empty() ? spellingOf(type.kind) : ": out of range, which is " + range);
}

// Returns whether the type has a value that can be written: of references, only null can.
bool canBeGiven(const abi::ValueType& type) { return !type.isReference() || type.isNullable != 0; }

// NaNs are printed as in the text format, with a payload unless it is the canonical one.
template <class Float>
std::string printFloat(Float value) {
  using Bits = std::conditional_t<sizeof(Float) == sizeof(uint32_t), uint32_t, uint64_t>;
  if (!std::isnan(value)) return floatText(value);
  constexpr int kFractionBits = std::numeric_limits<Float>::digits - 1;
  constexpr Bits kMask = (Bits{1} << kFractionBits) - 1;
  constexpr Bits kCanonical = Bits{1} << (kFractionBits - 1);
  Bits fraction = std::bit_cast<Bits>(value) & kMask;
  const char* sign = std::signbit(value) ? "-" : "";
  return fraction == kCanonical ? fmt::format("{}nan", sign)
                                : fmt::format("{}nan:{:#x}", sign, fraction);
}

std::string printVector(const uint8_t (&bytes)[16]) {
  std::string text = "0x";
  for (int i = 15; i >= 0; --i) text += fmt::format("{:02x}", bytes[i]);
  return text;
}

}  // namespace

Result<std::vector<Value>> parseArguments(const runtime::FuncType& type,
                                          const std::vector<std::string>& texts) {
  if (texts.size() != type.params.size())
    return Error{"", fmt::format("takes {} argument{}, {} given", type.params.size(),
                                 type.params.size() == 1 ? "" : "s", texts.size())};
  std::vector<Value> values;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (!canBeGiven(type.params[i]))
      return Error{"",
                   fmt::format("argument {} is of type {}, which cannot be given on a command line",
                               i + 1, runtime::text(type.params[i]))};
    auto value = parseValue(type.params[i].kind, texts[i]);
    if (!value)
      return Error{"", fmt::format("argument {}, '{}', {}", i + 1, texts[i],
                                   complaint(type.params[i], texts[i]))};
    values.push_back(*value);
  }
  return values;
}

namespace {

// Returns the kind of the referent, for an i31 its value as well.
std::string printReference(const Value& value) {
  if (value.slot.ref == nullptr) return "null";
  if (value.kind == ValueKind::FuncRef) return "funcref";
  switch (runtime::referentKind(value.slot.i64)) {
    case runtime::ReferentKind::I31:
      return fmt::format("i31 {}", abi::i31Value(value.slot.i64));
    case runtime::ReferentKind::Struct:
      return "structref";
    case runtime::ReferentKind::Array:
      return "arrayref";
    case runtime::ReferentKind::Exception:
      return "exnref";
    case runtime::ReferentKind::String:
      return "string " + strings::quotedText(value.slot.i64);
    default:
      return runtime::text(value.kind);
  }
}

}  // namespace

std::string printValue(const Value& value) {
  switch (value.kind) {
    case ValueKind::I32:
      return fmt::format("{}", static_cast<int32_t>(value.slot.i32));
    case ValueKind::I64:
      return fmt::format("{}", static_cast<int64_t>(value.slot.i64));
    case ValueKind::F32:
      return printFloat(value.slot.f32);
    case ValueKind::F64:
      return printFloat(value.slot.f64);
    case ValueKind::V128:
      return printVector(value.slot.v128);
    case ValueKind::FuncRef:
    case ValueKind::ExternRef:
    case ValueKind::AnyRef:
    case ValueKind::ExnRef:
      break;
  }
  return printReference(value);
}

int invoke(const program::Program& program, const runtime::Instance& instance,
           const std::string& name, const std::vector<std::string>& texts) {
  auto function = instance.function(name);
  if (!function)
    return program.fail(program::kUsageError, fmt::format("has no function '{}': {}", name,
                                                          program::listFunctions(instance)));
  auto arguments = parseArguments(function->type(), texts);
  if (!arguments)
    return program.fail(program::kUsageError,
                        fmt::format("{}: {}; its type is {}", name, arguments.error().text(),
                                    runtime::text(function->type())));
  // WASI demands that a reactor's _initialize is called once, before any other export.
  if (name != wasi::kInitialize)
    if (auto status = program.callInitialize(instance)) return *status;
  auto outcome = function->call(*arguments);
  if (!outcome) return program.endOf(outcome.error());
  for (const runtime::Value& value : *outcome) fmt::print("{}\n", printValue(value));
  return program::kSuccess;
}

}  // namespace run
