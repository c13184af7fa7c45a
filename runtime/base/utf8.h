// Validation of UTF-8, the encoding of names in modules (section 5.2.4) and of paths in WASI.
#pragma once

#include <string_view>

namespace base {

// Returns whether `text` is well-formed UTF-8 (Unicode standard, section 3.9): no surrogates, no
// overlong forms, nothing above U+10FFFF. An empty text is.
bool isUtf8(std::string_view text);

}  // namespace base
