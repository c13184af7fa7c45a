// The conversion of operands of a script to values of the runtime, and the matching of results with
// patterns.
#pragma once

#include <optional>
#include <string>

#include "runtime/types/value.h"
#include "test/wast/script.h"

namespace wast {

// Returns the value of an operand for a parameter of this kind, or nothing if the operand has
// another kind or is a pattern (such as nan:canonical, or a reference without a number). A null
// reference fits every kind of reference.
std::optional<runtime::Value> toValue(const Operand& operand, abi::ValueKind kind);

// Return whether a value matches a pattern, or one of the patterns of an expectation. Numbers match
// if their kind and bits are equal; -0 does not match +0.
bool matches(const Operand& pattern, const runtime::Value& value);
bool matches(const Expectation& expectation, const runtime::Value& value);

// Return operands, expectations and values in the notation of scripts, for messages. NaNs have
// their payload in hexadecimal.
std::string text(const Operand& operand);
std::string text(const Expectation& expectation);
std::string text(const runtime::Value& value);

}  // namespace wast
