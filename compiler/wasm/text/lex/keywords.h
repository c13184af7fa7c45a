// The keywords of the text format: those of instructions, with their opcodes, and all others. Both
// are used to suggest a correction for misspelled words.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/wasm/opcode.h"

namespace wasm {

// Returns the instruction with this keyword, or nothing if there is none. If two rows of
// opcodes.def have it (such as `select` with and without types), returns the first. Takes constant
// time.
std::optional<Op> findKeyword(std::string_view keyword);

// Returns the second row with the keyword of `op` if `op` is the first of two, else nothing.
std::optional<Op> otherRow(Op op);

// Returns whether `word` is the keyword of an instruction, of a type, of the shape of a vector
// constant, or of another construct of a module.
bool isKnownWord(std::string_view word);

// Returns the known word with the smallest edit distance to `word`, or an empty string if none is
// similar. Compares with all of them, so it is for messages only. The result is a string literal.
std::string_view similarWord(std::string_view word);

}  // namespace wasm
