// The instructions by their keywords.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/wasm/opcode.h"

namespace wasm {

// Of the instructions with this keyword, the first row.
std::optional<Op> findKeyword(std::string_view keyword);

// The other row with the keyword of `op`, if it has two and `op` is the first.
std::optional<Op> otherRow(Op op);

// The keyword most like `word`, if it is like one at all; else empty.
std::string_view similarKeyword(std::string_view word);

}  // namespace wasm
