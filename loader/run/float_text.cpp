#include "loader/run/float_text.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "runtime/base/check.h"

namespace run {
namespace {

constexpr int kLeastFixed = -4;  // exponents that are written without one
constexpr int kFixedEnd = 16;

float read(const char* text, float) { return std::strtof(text, nullptr); }
double read(const char* text, double) { return std::strtod(text, nullptr); }

// Returns D.DDDe+EE with the fewest digits.
template <class Float>
std::string shortestScientific(Float value) {
  constexpr int kDigits = std::numeric_limits<Float>::max_digits10;
  char text[kDigits + 16];
  for (int digits = 1; digits <= kDigits; ++digits) {
    std::snprintf(text, sizeof text, "%.*e", digits - 1, static_cast<double>(value));
    if (read(text, value) == value) return text;
  }
  base::checkFailed(__FILE__, __LINE__, "max_digits10 digits are enough");
}

template <class Float>
std::string textOf(Float value) {
  std::string sign = std::signbit(value) ? "-" : "";
  value = std::fabs(value);
  if (std::isinf(value)) return sign + "inf";
  std::string scientific = shortestScientific(value);
  size_t mark = scientific.find('e');
  int exponent = std::atoi(scientific.c_str() + mark + 1);
  if (exponent < kLeastFixed || exponent >= kFixedEnd) return sign + scientific;
  std::string digits = scientific.substr(0, mark);
  if (digits.size() > 1) digits.erase(1, 1);  // the point
  if (exponent < 0)
    return sign + "0." + std::string(static_cast<size_t>(-exponent - 1), '0') + digits;
  auto whole = static_cast<size_t>(exponent) + 1;
  if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0');
  return sign + digits.insert(whole, ".");
}

}  // namespace

std::string floatText(float value) { return textOf(value); }
std::string floatText(double value) { return textOf(value); }

}  // namespace run
