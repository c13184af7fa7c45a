// What an implementation may bound (appendix A.2 of the specification), so that no module costs
// more than its size explains. Modules beyond are refused with the number and the bound.
#pragma once

#include <cstdint>

namespace wasm {

inline constexpr uint64_t kMaxInputSize = UINT32_MAX;
inline constexpr uint32_t kMaxTypes = 1'000'000;
inline constexpr uint32_t kMaxParams = 1000;
inline constexpr uint32_t kMaxResults = 1000;
inline constexpr uint32_t kMaxLocals = 50'000;         // parameters included
inline constexpr uint32_t kMaxFields = 10'000;         // of a struct type
inline constexpr uint32_t kMaxSubtypeDepth = 63;       // supertypes above a type
inline constexpr uint32_t kMaxArrayNewFixed = 10'000;  // operands of array.new_fixed

}  // namespace wasm
