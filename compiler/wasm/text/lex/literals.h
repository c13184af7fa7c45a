// Constants of the text format, as they follow their instructions. Each fails at the cursor unless
// there is such a constant.
#pragma once

#include <array>
#include <cstdint>

#include "compiler/wasm/text/lex/text_cursor.h"

namespace wasm {

uint32_t expectI32(TextCursor& in);
uint64_t expectI64(TextCursor& in);
// The bits.
uint32_t expectF32(TextCursor& in);
uint64_t expectF64(TextCursor& in);
// A shape and its lanes: `i32x4 1 2 3 4`.
std::array<uint8_t, 16> expectV128(TextCursor& in);

}  // namespace wasm
