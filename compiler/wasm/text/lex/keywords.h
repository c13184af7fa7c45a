// The keywords of the text format: those of instructions, with their opcodes, and all others, to
// suggest a correction for misspelled words.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/wasm/opcode.h"

namespace wasm {

// Returns the instruction with this keyword. If two rows of opcodes.def have it (such as `select`
// with and without types), returns the first.
std::optional<Op> findKeyword(std::string_view keyword);

// Returns the second row with the keyword of `op`, if there is one and `op` is the first.
std::optional<Op> otherRow(Op op);

// Returns whether `word` is a keyword anywhere in the text format.
bool isKnownWord(std::string_view word);

// Returns the keyword with the smallest edit distance to `word`, or nothing if none is similar.
std::string_view similarWord(std::string_view word);

}  // namespace wasm
