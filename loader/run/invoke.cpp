#include "loader/run/invoke.h"

#include <fmt/format.h>

#include <bit>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace run {
namespace {

using abi::ValueKind;
using base::Error;
using base::Result;
using runtime::Value;

struct SignedText {
  bool isNegative;
  const char* digits;
};

SignedText splitSign(const std::string& text) {
  bool hasSign = !text.empty() && (text[0] == '-' || text[0] == '+');
  return {hasSign && text[0] == '-', text.c_str() + (hasSign ? 1 : 0)};
}

bool isHex(const char* digits) { return digits[0] == '0' && (digits[1] | 0x20) == 'x'; }

// The value in two's complement; nothing for what is no integer of `bits` bits, signed or unsigned.
std::optional<uint64_t> parseInteger(const std::string& text, unsigned bits) {
  auto [isNegative, digits] = splitSign(text);
  if (!std::isdigit(static_cast<unsigned char>(digits[0]))) return std::nullopt;
  errno = 0;
  char* end = nullptr;
  uint64_t magnitude = std::strtoull(digits, &end, isHex(digits) ? 16 : 10);
  if (*end != '\0' || errno == ERANGE) return std::nullopt;
  const uint64_t half = uint64_t{1} << (bits - 1);
  if (isNegative) return magnitude <= half ? std::optional(0 - magnitude) : std::nullopt;
  return magnitude <= half - 1 + half ? std::optional(magnitude) : std::nullopt;
}

// How the bits of a float type are laid out.
template <class Float>
struct Layout;
template <>
struct Layout<float> {
  using Bits = uint32_t;
  static constexpr int kFractionBits = 23;
  static float parse(const char* text, char** end) { return std::strtof(text, end); }
};
template <>
struct Layout<double> {
  using Bits = uint64_t;
  static constexpr int kFractionBits = 52;
  static double parse(const char* text, char** end) { return std::strtod(text, end); }
};

// "nan:0x7fc00000", the text format's way to give the fraction of a NaN.
template <class Float>
std::optional<Float> parseNan(const std::string& text) {
  using Bits = typename Layout<Float>::Bits;
  constexpr std::string_view kPrefix = "nan:";
  auto [isNegative, digits] = splitSign(text);
  if (!std::string_view(digits).starts_with(kPrefix)) return std::nullopt;
  auto fraction = parseInteger(digits + kPrefix.size(), 64);
  constexpr uint64_t kLimit = uint64_t{1} << Layout<Float>::kFractionBits;
  if (!fraction || *fraction == 0 || *fraction >= kLimit) return std::nullopt;
  Bits bits =
      std::bit_cast<Bits>(std::numeric_limits<Float>::infinity()) | static_cast<Bits>(*fraction);
  if (isNegative) bits |= Bits{1} << (sizeof(Bits) * 8 - 1);
  return std::bit_cast<Float>(bits);
}

template <class Float>
std::optional<Float> parseFloat(const std::string& text) {
  if (auto nan = parseNan<Float>(text)) return nan;
  // strtod would skip white space, and read "nan(...)" and "infinity" in its own way.
  if (text.empty() || std::isspace(static_cast<unsigned char>(text[0])) ||
      text.find('(') != text.npos)
    return std::nullopt;
  char* end = nullptr;
  Float value = Layout<Float>::parse(text.c_str(), &end);
  return *end == '\0' ? std::optional(value) : std::nullopt;
}

template <unsigned kBits>
std::optional<uint64_t> parseIntegerLane(const std::string& text) {
  return parseInteger(text, kBits);
}

template <class Float>
std::optional<uint64_t> parseFloatLane(const std::string& text) {
  auto value = parseFloat<Float>(text);
  if (!value) return std::nullopt;
  return std::bit_cast<typename Layout<Float>::Bits>(*value);
}

struct VectorShape {
  std::string_view name;
  size_t lanes;
  std::optional<uint64_t> (*parseLane)(const std::string& text);  // its bits
};

constexpr VectorShape kVectorShapes[] = {
    {"i8x16", 16, parseIntegerLane<8>},  {"i16x8", 8, parseIntegerLane<16>},
    {"i32x4", 4, parseIntegerLane<32>},  {"i64x2", 2, parseIntegerLane<64>},
    {"f32x4", 4, parseFloatLane<float>}, {"f64x2", 2, parseFloatLane<double>},
};

// "1,2,3,4": as many lanes as the shape has.
std::optional<Value> parseLanes(const VectorShape& shape, std::string_view text) {
  Value vector{ValueKind::V128, {}};
  size_t laneSize = sizeof vector.slot.v128 / shape.lanes;
  for (size_t i = 0; i < shape.lanes; ++i) {
    size_t comma = text.find(',');
    bool isLast = i + 1 == shape.lanes;
    if ((comma == text.npos) != isLast) return std::nullopt;
    auto bits = shape.parseLane(std::string(text.substr(0, comma)));
    if (!bits) return std::nullopt;
    std::memcpy(vector.slot.v128 + i * laneSize, &*bits, laneSize);
    if (!isLast) text.remove_prefix(comma + 1);
  }
  return vector;
}

// All 128 bits as one number, lane 0 the lowest: what printVector prints, or the same in decimal.
std::optional<Value> parseWhole(const std::string& text) {
  const int base = isHex(text.c_str()) ? 16 : 10;
  std::string_view digits = std::string_view(text).substr(base == 16 ? 2 : 0);
  unsigned __int128 bits = 0;
  for (const char& letter : digits) {
    unsigned digit = 0;
    bool isDigit = std::from_chars(&letter, &letter + 1, digit, base).ec == std::errc();
    if (!isDigit || __builtin_mul_overflow(bits, base, &bits) ||
        __builtin_add_overflow(bits, digit, &bits))
      return std::nullopt;
  }
  if (digits.empty()) return std::nullopt;
  Value vector{ValueKind::V128, {}};
  std::memcpy(vector.slot.v128, &bits, sizeof bits);
  return vector;
}

std::optional<Value> parseVector(const std::string& text) {
  size_t colon = text.find(':');
  if (colon == text.npos) return parseWhole(text);
  for (const VectorShape& shape : kVectorShapes) {
    if (std::string_view(text).substr(0, colon) == shape.name)
      return parseLanes(shape, std::string_view(text).substr(colon + 1));
  }
  return std::nullopt;
}

// The text format lets underscores stand between digits. Nothing where one stands elsewhere.
std::optional<std::string> withoutUnderscores(const std::string& text) {
  auto isDigit = [&](size_t at) {
    return at < text.size() && std::isxdigit(static_cast<unsigned char>(text[at])) != 0;
  };
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_')
      result += text[i];
    else if (i == 0 || !isDigit(i - 1) || !isDigit(i + 1))
      return std::nullopt;
  }
  return result;
}

// Whether it is an integer, of whatever size.
bool isInteger(const std::string& text) {
  const char* digits = splitSign(text).digits;
  const char* first = isHex(digits) ? digits + 2 : digits;
  return *first != '\0' && std::strspn(first, isHex(digits) ? "0123456789abcdefABCDEF"
                                                            : "0123456789") == std::strlen(first);
}

std::optional<Value> parsePlainValue(ValueKind kind, const std::string& text) {
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
      return wrap(parseFloat<float>(text), Value::f32);
    case ValueKind::F64:
      return wrap(parseFloat<double>(text), Value::f64);
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

std::optional<Value> parseValue(ValueKind kind, const std::string& text) {
  auto plain = withoutUnderscores(text);
  return plain ? parsePlainValue(kind, *plain) : std::nullopt;
}

// What helps with a type whose spelling is ours alone.
const char* spellingOf(ValueKind kind) {
  return kind == ValueKind::V128 ? ", such as i32x4:1,2,3,4 or 0x00000004000000030000000200000001"
                                 : "";
}

// What is wrong with a text that is no value of the type.
std::string complaint(const abi::ValueType& type, const std::string& text) {
  std::string range;
  auto plain = withoutUnderscores(text);
  if (plain && isInteger(*plain)) {
    if (type.kind == ValueKind::I32) range = "-2147483648 to 4294967295";
    if (type.kind == ValueKind::I64) range = "-9223372036854775808 to 18446744073709551615";
  }
  return fmt::format("is not a value of type {}{}", runtime::text(type),
                     range.empty() ? spellingOf(type.kind) : ": out of range, which is " + range);
}

// Of references only null.
bool canBeGiven(const abi::ValueType& type) { return !type.isReference() || type.isNullable != 0; }

template <class Float>
std::string printFloat(Float value) {
  using Bits = typename Layout<Float>::Bits;
  if (!std::isnan(value)) return fmt::format("{}", value);
  constexpr Bits kMask = (Bits{1} << Layout<Float>::kFractionBits) - 1;
  constexpr Bits kCanonical = Bits{1} << (Layout<Float>::kFractionBits - 1);
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
  return value.slot.ref == nullptr ? "null" : runtime::text(value.kind);
}

}  // namespace run
