// Names are UTF-8 (section 5.2.4).
#pragma once

#include <string_view>

namespace wasm {

// Whether `text` is well-formed: no surrogates, no over-long forms, nothing above U+10FFFF.
bool isUtf8(std::string_view text);

}  // namespace wasm
