// Parsing of the numbers of the text format (sections 6.3.1 and 6.3.2), which are used on the
// command line as well: integers and floats, decimal and hexadecimal, with underscores between
// digits. Floats may have any number of digits and are rounded to nearest, ties to even. The locale
// does not matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace base {

// The lexical class of a word.
enum class NumberKind : uint8_t { None, Integer, Float };

// Returns what kind of number `word` is as a whole.
NumberKind numberKind(std::string_view word);

// Returns the value of an integer, or nothing if it has a sign or exceeds `max`. Requires that
// numberKind(word) is Integer.
std::optional<uint64_t> parseNatural(std::string_view word, uint64_t max);
// Returns the value of an integer in two's complement of `bits` bits (1 to 64), or nothing if it is
// neither a signed nor an unsigned integer of that size: -2^(bits-1) to 2^bits - 1. Requires that
// numberKind(word) is Integer.
std::optional<uint64_t> parseInteger(std::string_view word, uint32_t bits);

// Return the bits of the float that a number denotes, or nothing if it rounds to infinity or if the
// payload of a NaN is out of range. Require that numberKind(word) is not None.
std::optional<uint32_t> parseF32(std::string_view word);
std::optional<uint64_t> parseF64(std::string_view word);

}  // namespace base
