#include "runtime/base/numbers.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <system_error>

#include "runtime/base/digits.h"

namespace base {
namespace {

// Exponents are clamped to this. Larger ones do not change the result: the digits before or behind
// the point, fewer than 2^32, can shift a number by at most 2^34.
constexpr int64_t kMaxExponent = int64_t{1} << 40;

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Takes an optional sign. Returns whether it is negative.
bool takeSign(std::string_view& text) {
  if (take(text, "-")) return true;
  take(text, "+");
  return false;
}

// Takes digits, with single underscores between them. Returns false if there are none.
bool takeDigits(std::string_view& text, bool isHex) {
  auto isOne = [isHex](char c) { return isHex ? isHexDigit(c) : isDigit(c); };
  size_t at = 0;
  for (;;) {
    if (at == text.size() || !isOne(text[at])) return false;
    while (at != text.size() && isOne(text[at])) ++at;
    if (at == text.size() || text[at] != '_') break;
    ++at;
  }
  text.remove_prefix(at);
  return true;
}

// Takes the optional point behind the integer part, and the digits behind it.
bool takeFraction(std::string_view& text, bool isHex) {
  if (!take(text, ".")) return false;
  takeDigits(text, isHex);  // it may also end here
  return true;
}

// Returns the value of the digits `text`, ignoring underscores; saturates at `max`.
uint64_t saturatingValue(std::string_view text, uint32_t base, uint64_t max) {
  uint64_t value = 0;
  for (char c : text) {
    if (c == '_') continue;
    uint8_t digit = hexDigit(c);
    if (value > (max - std::min<uint64_t>(digit, max)) / base) return max;
    value = value * base + digit;
  }
  return value;
}

// Returns the value of an integer without sign, or nothing if it exceeds `max`.
std::optional<uint64_t> parseMagnitude(std::string_view text, uint64_t max) {
  uint32_t base = take(text, "0x") ? 16 : 10;
  uint64_t value = 0;
  for (char c : text) {
    if (c == '_') continue;
    uint8_t digit = hexDigit(c);
    if (digit > max || value > (max - digit) / base) return std::nullopt;
    value = value * base + digit;
  }
  return value;
}

// Removes the exponent from the end of `text`. Returns its value.
int64_t cutExponent(std::string_view& text, char letter) {
  size_t at = text.find_first_of(std::string_view{letter == 'e' ? "eE" : "pP"});
  if (at == std::string_view::npos) return 0;
  std::string_view exponent = text.substr(at + 1);
  text = text.substr(0, at);
  bool isNegative = takeSign(exponent);
  int64_t value = static_cast<int64_t>(saturatingValue(exponent, 10, kMaxExponent));
  return isNegative ? -value : value;
}

// The parameters of an IEEE 754 binary format.
template <class T>
struct Format;

template <>
struct Format<float> {
  using Bits = uint32_t;
  static constexpr int32_t kFractionBits = 23;
  static constexpr int32_t kMinExponent = -126;
};

template <>
struct Format<double> {
  using Bits = uint64_t;
  static constexpr int32_t kFractionBits = 52;
  static constexpr int32_t kMinExponent = -1022;
};

template <class T>
constexpr uint64_t kInfinity =
    std::bit_cast<typename Format<T>::Bits>(std::numeric_limits<T>::infinity());

// The number significand * 2^exponent, plus less than one unit of the significand if `isMore`.
struct BinaryNumber {
  uint64_t significand = 0;
  bool isMore = false;
  int64_t exponent = 0;
};

// Rounds to nearest, ties to even. Returns kInfinity if the number is too large.
template <class T>
uint64_t roundToFormat(BinaryNumber number) {
  constexpr int32_t kFractionBits = Format<T>::kFractionBits;
  if (number.significand == 0) return 0;
  // Normalize, so that the most significant bit is bit 63.
  int shift = std::countl_zero(number.significand);
  uint64_t significand = number.significand << shift;
  int64_t exponent = number.exponent - shift + 63;  // of the most significant bit
  if (exponent > -Format<T>::kMinExponent + 1) return kInfinity<T>;
  int64_t aboveMin = exponent - Format<T>::kMinExponent;  // negative for subnormal numbers
  int64_t dropped = 63 - kFractionBits - std::min<int64_t>(aboveMin, 0);
  if (dropped > 64) return 0;
  uint64_t kept = dropped == 64 ? 0 : significand >> dropped;
  uint64_t rest = dropped == 64 ? significand : significand << (64 - dropped);
  constexpr uint64_t kHalf = uint64_t{1} << 63;
  bool isAboveHalf = rest > kHalf || (rest == kHalf && number.isMore);
  if (isAboveHalf || (rest == kHalf && (kept & 1) != 0)) ++kept;
  // If rounding carries out of the fraction, the carry increments the exponent, as it must.
  return aboveMin < 0 ? kept : (static_cast<uint64_t>(aboveMin) << kFractionBits) + kept;
}

template <class T>
uint64_t parseHex(std::string_view text) {
  BinaryNumber number;
  number.exponent = cutExponent(text, 'p');
  bool afterPoint = false;
  for (char c : text) {
    if (c == '.') afterPoint = true;
    if (c == '.' || c == '_') continue;
    // Digits beyond 64 bits are far below the rounding position: only whether one is nonzero
    // matters.
    bool hasRoom = number.significand >> 60 == 0;
    if (hasRoom) {
      number.significand = number.significand << 4 | hexDigit(c);
    } else {
      number.isMore |= hexDigit(c) != 0;
    }
    number.exponent += (hasRoom ? 0 : 4) - (afterPoint ? 4 : 0);
  }
  return roundToFormat<T>(number);
}

// Returns whether a decimal number is less than one. `text` must not have underscores.
bool isBelowOne(std::string_view text) {
  int64_t exponent = cutExponent(text, 'e');
  size_t point = std::min(text.find('.'), text.size());
  size_t first = text.find_first_not_of("0.");
  if (first == std::string_view::npos) return true;
  int64_t digitsBeforePoint = static_cast<int64_t>(point) - static_cast<int64_t>(first);
  return exponent + digitsBeforePoint <= 0;
}

template <class T>
uint64_t parseDecimal(std::string_view text) {
  std::string digits;
  if (text.find('_') != std::string_view::npos) {
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
                 [](char c) { return c != '_'; });
    text = digits;
  }
  T value{};
  std::from_chars_result result = std::from_chars(text.data(), text.data() + text.size(), value);
  // Not all standard libraries distinguish overflow from underflow in the result.
  if (result.ec == std::errc::result_out_of_range) return isBelowOne(text) ? 0 : kInfinity<T>;
  return std::bit_cast<typename Format<T>::Bits>(value);
}

template <class T>
std::optional<uint64_t> parseNan(std::string_view text) {
  if (!take(text, ":")) return kInfinity<T> | uint64_t{1} << (Format<T>::kFractionBits - 1);
  uint64_t maxPayload = (uint64_t{1} << Format<T>::kFractionBits) - 1;
  std::optional<uint64_t> payload = parseMagnitude(text, maxPayload);
  if (!payload || *payload == 0) return std::nullopt;
  return kInfinity<T> | *payload;
}

template <class T>
std::optional<uint64_t> parseUnsignedFloat(std::string_view text) {
  if (text == "inf") return kInfinity<T>;
  if (take(text, "nan")) return parseNan<T>(text);
  uint64_t bits = take(text, "0x") ? parseHex<T>(text) : parseDecimal<T>(text);
  if (bits == kInfinity<T>) return std::nullopt;
  return bits;
}

template <class T>
std::optional<typename Format<T>::Bits> parseFloat(std::string_view word) {
  using Bits = typename Format<T>::Bits;
  bool isNegative = takeSign(word);
  std::optional<uint64_t> bits = parseUnsignedFloat<T>(word);
  if (!bits) return std::nullopt;
  Bits sign = static_cast<Bits>(isNegative) << (sizeof(Bits) * 8 - 1);
  return static_cast<Bits>(*bits) | sign;
}

}  // namespace

NumberKind numberKind(std::string_view word) {
  takeSign(word);
  if (word == "inf" || word == "nan") return NumberKind::Float;
  if (take(word, "nan:0x")) {
    bool isPayload = takeDigits(word, true) && word.empty();
    return isPayload ? NumberKind::Float : NumberKind::None;
  }
  bool isHex = take(word, "0x");
  if (!takeDigits(word, isHex)) return NumberKind::None;
  if (word.empty()) return NumberKind::Integer;
  takeFraction(word, isHex);
  if (take(word, isHex ? "p" : "e") || take(word, isHex ? "P" : "E")) {
    takeSign(word);
    if (!takeDigits(word, false)) return NumberKind::None;
  }
  return word.empty() ? NumberKind::Float : NumberKind::None;
}

std::optional<uint64_t> parseNatural(std::string_view word, uint64_t max) {
  if (!isDigit(word[0])) return std::nullopt;
  return parseMagnitude(word, max);
}

std::optional<uint64_t> parseInteger(std::string_view word, uint32_t bits) {
  uint64_t mask = ~uint64_t{0} >> (64 - bits);
  bool isNegative = takeSign(word);
  std::optional<uint64_t> value = parseMagnitude(word, isNegative ? mask / 2 + 1 : mask);
  if (value && isNegative) value = (0 - *value) & mask;
  return value;
}

std::optional<uint32_t> parseF32(std::string_view word) { return parseFloat<float>(word); }
std::optional<uint64_t> parseF64(std::string_view word) { return parseFloat<double>(word); }

}  // namespace base
