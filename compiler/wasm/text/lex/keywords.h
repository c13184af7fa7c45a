// The words of the text format, instructions above all.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/wasm/opcode.h"

namespace wasm {

// Of the instructions with this keyword, the first row.
std::optional<Op> findKeyword(std::string_view keyword);

// The other row with the keyword of `op`, if it has two and `op` is the first.
std::optional<Op> otherRow(Op op);

// Whether `word` means something somewhere.
bool isKnownWord(std::string_view word);

// The known word most like `word`, if it is like one at all; else empty.
std::string_view similarWord(std::string_view word);

}  // namespace wasm
