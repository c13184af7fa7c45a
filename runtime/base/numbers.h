// Numbers of the text format (sections 6.3.1 and 6.3.2), also on the command line: integers and
// floats, decimal and hexadecimal, with underscores between digits. Floats are rounded to nearest,
// ties to even, with any number of digits.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace base {

// The lexical class of a word.
enum class NumberKind : uint8_t { None, Integer, Float };

// Returns what kind of number `word` is as a whole.
NumberKind numberKind(std::string_view word);

// Returns the value of an integer token, or nothing if it has a sign or exceeds `max`.
std::optional<uint64_t> parseNatural(std::string_view word, uint64_t max);
// Returns the value of an integer token as two's complement of `bits` bits, or nothing if it is not
// in the range of signed or unsigned integers: -2^(bits-1) to 2^bits - 1.
std::optional<uint64_t> parseInteger(std::string_view word, uint32_t bits);

// Return the bits of the float that an integer or float token denotes, or nothing if it rounds to
// infinity or if the payload of a NaN is out of range.
std::optional<uint32_t> parseF32(std::string_view word);
std::optional<uint64_t> parseF64(std::string_view word);

}  // namespace base
