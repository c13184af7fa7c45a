// Random modules to compare compilations of: what they do is determined, and ends soon.
#pragma once

#include <cstdint>
#include <string>

namespace differential {

// How many functions a module exports, as "0", "1" ...; each is [i32 i32 i64 f64] -> [i64].
inline constexpr unsigned kEntries = 8;

// The module's text, a function of the seed alone. It exports its memory as "memory".
std::string randomProgram(uint64_t seed);

}  // namespace differential
