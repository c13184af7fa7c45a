// UTF-8: names in modules (section 5.2.4), and WASI's paths.
#pragma once

#include <string_view>

namespace base {

// Whether `text` is well-formed: no surrogates, no over-long forms, nothing above U+10FFFF.
bool isUtf8(std::string_view text);

}  // namespace base
