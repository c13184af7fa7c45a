// What stands between the quotes of a string in the text format (section 6.3.3).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wasm {

// The length of the escape sequence at the start of `text`, which starts with a backslash; 0 if it
// is malformed.
size_t escapeLength(std::string_view text);

// Appends the bytes that `contents`, a string between its quotes with well-formed escapes, denotes.
void appendUnescaped(std::string& out, std::string_view contents);

}  // namespace wasm
