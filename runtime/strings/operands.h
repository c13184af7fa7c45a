// Checks of the operands of builtins, which request traps.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/instance/host_func.h"
#include "runtime/strings/builtin_types.h"
#include "runtime/strings/string_object.h"

namespace strings {

// A function that gets a Caller may request a trap, and says so by its result: the builtin must
// then return, with any result.

// Returns whether the reference is a string.
bool checkString(runtime::Caller* caller, runtime::ExternRef reference);
// Returns whether [begin, end) is a range of the array, which may be null.
bool checkRange(runtime::Caller* caller, const abi::ObjectHeader* array, uint64_t begin,
                uint64_t end);
// Returns the code units of a string, or nothing if the reference is none or the heap is full.
std::optional<Units> checkUnits(runtime::Caller* caller, runtime::ExternRef reference);
// Returns `word`, which is 0 if the heap is full.
StringResult checkAllocated(runtime::Caller* caller, uint64_t word);

// Requests a trap with this code.
void trap(runtime::Caller* caller, abi::TrapCode code);

// Returns the store of the guest that calls.
runtime::StoreState& storeOf(runtime::Caller* caller);

}  // namespace strings
