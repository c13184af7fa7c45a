// Strings as the host creates and reads them.
#pragma once

#include <string>
#include <string_view>

#include "runtime/store.h"
#include "runtime/types/value.h"

namespace strings {

// Return a string of a store as an externref. Ill-formed parts of UTF-8 become U+FFFD. The string
// is alive until the store's next object is created or guest code runs, unless Store::root() keeps
// it. Fail if it does not fit into the store's heap.
base::Result<runtime::Value> makeString(runtime::Store& store, std::string_view utf8);
base::Result<runtime::Value> makeString(runtime::Store& store, std::u16string_view utf16);

// Returns the text of a string in UTF-8, with U+FFFD for unpaired surrogates. `word` must refer to
// a string: referentKind(word) is ReferentKind::String.
std::string stringText(uint64_t word);
// Returns the text in quotation marks and with escapes, as in the text format. Unpaired surrogates
// are escaped like other characters that cannot be printed: "\u{d800}".
std::string quotedText(uint64_t word);

}  // namespace strings
