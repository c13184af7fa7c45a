// The codes of types and the flags of limits and segments in the binary format (section 5.3).
#pragma once

#include <cstdint>

#include "compiler/wasm/binary/cursor.h"

namespace wasm {

// The first byte of a composite type, sub type or recursive group (sections 5.3.7 and 5.3.8).
inline constexpr uint8_t kFuncCode = 0x60;
inline constexpr uint8_t kStructCode = 0x5f;
inline constexpr uint8_t kArrayCode = 0x5e;
inline constexpr uint8_t kSubCode = 0x50;
inline constexpr uint8_t kSubFinalCode = 0x4f;
inline constexpr uint8_t kRecCode = 0x4e;

// Packed types of fields (section 5.3.7).
inline constexpr uint8_t kPackedI8 = 0x78;
inline constexpr uint8_t kPackedI16 = 0x77;

// The first byte of a table with an initial value (section 5.5.7): the expression follows the type.
inline constexpr uint8_t kTableWithInit = 0x40;

// Flags of limits (section 5.3.9, and the threads and custom page sizes proposals).
inline constexpr uint8_t kHasMax = 0x01;
inline constexpr uint8_t kIsShared = 0x02;
inline constexpr uint8_t kIs64 = 0x04;
inline constexpr uint8_t kHasPageSize = 0x08;

// Flags of a segment: its mode and the form of its contents (sections 5.5.12 and 5.5.14).
inline constexpr uint32_t kNotActive = 0x01;
inline constexpr uint32_t kExplicitIndex = 0x02;  // if active
inline constexpr uint32_t kIsDeclared = 0x02;     // if not active
inline constexpr uint32_t kHasExpressions = 0x04;

// Reads the mutability of a global or field (section 5.3.11). Returns whether it is mutable. The
// cursor fails if it is neither 0 nor 1.
bool readMutability(Cursor& in);

}  // namespace wasm
