// Floats as text.
#pragma once

#include <string>

namespace run {

// Returns the decimal number of the fewest digits that is read back as the same value, with an
// exponent if the value is below 1e-4 or at least 1e16. The value must not be a NaN.
// (fmt does the same with 28 KB of tables and code.)
std::string floatText(float value);
std::string floatText(double value);

}  // namespace run
