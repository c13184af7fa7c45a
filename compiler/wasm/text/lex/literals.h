// The parsers of the immediates of `const` instructions (sections 6.5.9 and 6.5.10). The cursor
// fails if there is no such constant or if it is out of range; the result then has no meaning.
#pragma once

#include <array>
#include <cstdint>

#include "compiler/wasm/text/lex/text_cursor.h"

namespace wasm {

// Parse a signed or unsigned integer (section 6.3.1) and return it in two's complement.
uint32_t expectI32(TextCursor& in);
uint64_t expectI64(TextCursor& in);
// Parse a floating-point number (section 6.3.2), rounded to the nearest value, and return its bits.
// A number that rounds to infinity is out of range.
uint32_t expectF32(TextCursor& in);
uint64_t expectF64(TextCursor& in);
// Parses a shape and its lanes, such as `i32x4 1 2 3 4`, and returns the bytes in memory order:
// lane 0 first, each lane little-endian.
std::array<uint8_t, 16> expectV128(TextCursor& in);

}  // namespace wasm
