// Escape sequences in strings of the text format (section 6.3.3).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wasm {

// Returns the length in bytes of the escape sequence at the start of `text`, or 0 if it is
// malformed. `text` must start with a backslash.
size_t escapeLength(std::string_view text);

// Appends the bytes that a string denotes. `contents` are the characters between the quotes, in
// which all escape sequences must be well-formed, as the lexer checks.
void appendUnescaped(std::string& out, std::string_view contents);

}  // namespace wasm
