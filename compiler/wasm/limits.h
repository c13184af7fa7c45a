// Implementation limits (appendix A.3 of the specification). They keep the time and memory for a
// module proportional to its size, although a few bytes can declare many locals or operands. A
// module that exceeds a limit is refused with a diagnostic that names the number and the limit.
//
// The limits of types, parameters, results, locals, fields, subtype depth and array.new_fixed have
// the values of the WebAssembly JavaScript Interface, so that modules that engines accept are
// accepted.
#pragma once

#include <cstdint>

namespace wasm {

inline constexpr uint64_t kMaxInputSize = UINT32_MAX;  // bytes of a module, so that offsets fit
inline constexpr uint32_t kMaxTypes = 1'000'000;
inline constexpr uint32_t kMaxParams = 1000;
inline constexpr uint32_t kMaxResults = 1000;
inline constexpr uint32_t kMaxLocals = 50'000;         // including parameters
inline constexpr uint32_t kMaxFields = 10'000;         // of a struct type
inline constexpr uint32_t kMaxSubtypeDepth = 63;       // length of a type's chain of supertypes
inline constexpr uint32_t kMaxArrayNewFixed = 10'000;  // operands of array.new_fixed

}  // namespace wasm
