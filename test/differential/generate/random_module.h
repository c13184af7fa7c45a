// Random modules to compare compilations of: what they do is determined, and ends soon.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "test/differential/generate/arguments.h"
#include "test/differential/generate/kinds.h"
#include "test/differential/generate/shape.h"

namespace differential {

// A call of an exported function, "0", "1" ..., of the type [i32 i32 i64 f64] -> [i64].
struct Call {
  std::string function;
  const Kind* kind;
  Arguments arguments;

  std::string text() const;  // "12(65536, 0, 1, 0.5)"
};

// It imports "host" "observe", [i32 i64] -> [i32], and the mutable global "host" "global" of type
// i32. It exports its memories as "memory", "memory1" ..., its mutable globals as "g0" to "g2" and
// the imported one as "g3", its table as "table", and all functions that may
// be in the table as "f0", "f1" ...
struct RandomModule {
  Shape shape;
  std::string text;
  std::vector<Call> calls;
};

inline constexpr unsigned kGlobals = 4;
inline constexpr uint32_t kImportedGlobal = 11;  // its value at the start

struct ModuleOptions {
  unsigned entries = 48;
  unsigned calls = 24;    // of each
  std::string_view kind;  // all entries are of this kind; of any, if empty
};

// A function of its arguments alone.
RandomModule randomModule(uint64_t seed, const ModuleOptions& options);

}  // namespace differential
