// The call sites of a function (.gcc_except_table; "Itanium C++ ABI: Exception Handling", and its
// implementation by compilers).
#pragma once

#include <optional>

#include "runtime/unwind/table_reader.h"

namespace runtime {

// Returns the address of the landing pad of the call that contains the byte `pc`, or 0 if it has
// none. `data` begins with the function's language-specific data area. Actions and types are
// ignored. Returns nothing if the data is damaged.
std::optional<uint64_t> landingPadAt(TableReader data, uint64_t functionStart, uint64_t pc);

}  // namespace runtime
