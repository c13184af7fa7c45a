// Operands of a script against values of the runtime.
#pragma once

#include <optional>
#include <string>

#include "runtime/types/value.h"
#include "test/wast/script.h"

namespace wast {

// The value that `operand` stands for where a `kind` is asked for; nothing where it is none of that
// kind, or only a pattern.
std::optional<runtime::Value> toValue(const Operand& operand, abi::ValueKind kind);

bool matches(const Operand& pattern, const runtime::Value& value);
// Whether it is one of the alternatives.
bool matches(const Expectation& expectation, const runtime::Value& value);

// As a script spells them.
std::string text(const Operand& operand);
std::string text(const Expectation& expectation);
std::string text(const runtime::Value& value);

}  // namespace wast
