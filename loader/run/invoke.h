// --invoke: an export called with arguments from the command line.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/types/value.h"

namespace run {

// Reads one value per parameter: integers signed or unsigned, decimal or 0x..., with underscores
// between digits; floats as C's strtod reads them, with nan, inf, nan:0xPAYLOAD; a v128 as its
// lanes (i32x4:1,2,3,4) or as one number of 128 bits, lane 0 the lowest. Errors name the argument,
// or the type that was expected.
base::Result<std::vector<runtime::Value>> parseArguments(const runtime::FuncType& type,
                                                         const std::vector<std::string>& texts);

// Integers are signed; floats the shortest that reads back the same; a v128 is 0x and 32 digits.
std::string printValue(const runtime::Value& value);

}  // namespace run
