// Exceptions, as the host sees and makes them (core specification, section "Exception Instances").
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/gc/root_table.h"
#include "runtime/instance/tag.h"
#include "runtime/types/value.h"

namespace runtime {

struct StoreState;

// Return the tag and the arguments of an exception, which must be live. References among the
// arguments are alive as long as the exception.
const Tag& tagOf(const abi::ObjectHeader& exception);
std::vector<Value> argumentsOf(const abi::ObjectHeader& exception);

// Returns a new exception with these arguments, which must fit the tag's type; null if it does not
// fit into the heap. May collect.
abi::ObjectHeader* newException(StoreState& store, const Tag& tag,
                                std::span<const Value> arguments);

// Returns the message for an exception that nobody catches: "uncaught exception: error (i32 42)".
std::string uncaughtMessage(const abi::ObjectHeader& exception);

}  // namespace runtime
