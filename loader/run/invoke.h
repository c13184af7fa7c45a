// --invoke: an export called with arguments from the command line.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/types/value.h"

namespace run {

// Reads one value per parameter: numbers as the text format has them, letters in either case;
// integers signed or unsigned; a float that is too large is infinite, and may begin with its point;
// a v128 as its lanes (i32x4:1,2,3,4) or as one number of 128 bits, lane 0 the lowest. Errors name
// the argument, or the type that was expected.
base::Result<std::vector<runtime::Value>> parseArguments(const runtime::FuncType& type,
                                                         const std::vector<std::string>& texts);

// Integers are signed; floats the shortest that reads back the same; a v128 is 0x and 32 digits.
std::string printValue(const runtime::Value& value);

}  // namespace run
