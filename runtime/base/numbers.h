// Numbers as the text format has them (section 6.3.1), also on the command line: integers and
// floats, decimal and hexadecimal, with underscores between digits. Whatever the number of digits,
// floats are rounded correctly.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace base {

enum class NumberKind : uint8_t { None, Integer, Float };

// What number `word` is as a whole, if it is one.
NumberKind numberKind(std::string_view word);

// The value of an integer token. None if it is out of range or, for naturals, has a sign.
std::optional<uint64_t> parseNatural(std::string_view word, uint64_t max);
// Signed or unsigned, of `bits` bits: -2^(bits-1) to 2^bits - 1, as a two's complement of `bits`.
std::optional<uint64_t> parseInteger(std::string_view word, uint32_t bits);

// The bits of a float; `word` is an integer or float token. None if it is out of range.
std::optional<uint32_t> parseF32(std::string_view word);
std::optional<uint64_t> parseF64(std::string_view word);

}  // namespace base
