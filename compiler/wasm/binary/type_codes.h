// The bytes that introduce types and limits in the binary format (section 5.3).
#pragma once

#include <cstdint>

#include "compiler/wasm/binary/cursor.h"

namespace wasm {

inline constexpr uint8_t kFuncCode = 0x60;
inline constexpr uint8_t kStructCode = 0x5f;
inline constexpr uint8_t kArrayCode = 0x5e;
inline constexpr uint8_t kSubCode = 0x50;
inline constexpr uint8_t kSubFinalCode = 0x4f;
inline constexpr uint8_t kRecCode = 0x4e;
inline constexpr uint8_t kPackedI8 = 0x78;
inline constexpr uint8_t kPackedI16 = 0x77;

// Before a table type: an initial expression follows the type.
inline constexpr uint8_t kTableWithInit = 0x40;

// Flags of limits.
inline constexpr uint8_t kHasMax = 0x01;
inline constexpr uint8_t kIsShared = 0x02;
inline constexpr uint8_t kIs64 = 0x04;
inline constexpr uint8_t kHasPageSize = 0x08;

// Of a segment: how it is used and what it holds (sections 5.5.12 and 5.5.14).
inline constexpr uint32_t kNotActive = 0x01;
inline constexpr uint32_t kExplicitIndex = 0x02;  // if active
inline constexpr uint32_t kIsDeclared = 0x02;     // if not active
inline constexpr uint32_t kHasExpressions = 0x04;

// Of a global or field; `var` is 1.
bool readMutability(Cursor& in);

}  // namespace wasm
