// The option --invoke: a call of an export, with arguments and results as text.
#pragma once

#include <string>
#include <vector>

#include "loader/program/program.h"
#include "runtime/base/result.h"
#include "runtime/types/value.h"

namespace run {

// Returns a value for each parameter of `type`. Numbers are written as in the text format, with
// letters in either case. Integers may be signed or unsigned. A float may begin with its point, and
// one that is too large is infinite. A v128 is a list of lanes (i32x4:1,2,3,4) or one number of 128
// bits, in which lane 0 has the lowest bits. The only reference is "null". Fails if the number of
// texts is wrong or one is not a value of its type.
base::Result<std::vector<runtime::Value>> parseArguments(const runtime::FuncType& type,
                                                         const std::vector<std::string>& texts);

// Returns a value as text: an integer as a signed number, a float as the shortest decimal number
// that is rounded to it, a NaN with its payload unless it is canonical, a v128 as "0x" and 32
// hexadecimal digits, a reference as "null" or its kind.
std::string printValue(const runtime::Value& value);

// Calls the export `name` and prints its results. The arguments are checked before any code of the
// guest but its start function runs. Returns the exit code.
int invoke(const program::Program& program, const runtime::Instance& instance,
           const std::string& name, const std::vector<std::string>& texts);

}  // namespace run
