// The generator of random modules for differential testing. Modules are valid and deterministic,
// and their functions terminate soon.
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

  std::string text() const;  // for messages: "12(65536, 0, 1, 0.5)"
};

// A module and calls of its functions. The module imports the function "host" "observe" of type
// [i32 i64] -> [i32], and the mutable global "host" "global" of type i32. It exports its memories
// as "memory", "memory1" ..., its mutable globals as "g0" to "g2" and the imported one as "g3", its
// table as "table", and all functions that may be in the table as "f0", "f1" ...
struct RandomModule {
  Shape shape;
  std::string text;
  std::vector<Call> calls;
};

// The number of globals, and the initial value of the imported one.
inline constexpr unsigned kGlobals = 4;
inline constexpr uint32_t kImportedGlobal = 11;

// The options of the generator: size and contents of a module.
struct ModuleOptions {
  unsigned entries = 48;  // the number of exported functions to call
  unsigned calls = 24;    // the number of calls of each of them
  std::string_view kind;  // the kind of all these functions; any kinds if empty
};

// Returns a random module. The same arguments give the same module on any machine. A change to a
// generator changes the modules of all seeds.
RandomModule randomModule(uint64_t seed, const ModuleOptions& options);

}  // namespace differential
