// Types as wasm2obj_types.h writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/types/value.h"

namespace embed {

// The letters that a type may have: those of typed functions, or all that a type can be made of.
enum class Letters : uint8_t { Numbers, All };

// Returns the type that a text such as "(iI)f" means. Fails with a message if it means none.
base::Result<runtime::FuncType> parseFuncType(std::string_view text, Letters letters);
// Returns the type that a letter means; nothing if it means none.
std::optional<abi::ValueType> valueTypeOf(char letter, Letters letters);

// Return the text or the letter for a type.
std::string funcTypeText(const runtime::FuncType& type);
char letterOf(const abi::ValueType& type);

}  // namespace embed
