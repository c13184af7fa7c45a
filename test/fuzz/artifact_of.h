// The compilation of a module in the text format to an artifact, in this process.
#pragma once

#include <string_view>

#include "runtime/base/bytes.h"

namespace fuzz {

// Returns the artifact that wasm2obj would write with its default options. The module must be valid
// and all of its instructions translated; otherwise the process is aborted.
base::Bytes artifactOf(std::string_view text);

}  // namespace fuzz
