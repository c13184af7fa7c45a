// Compiles a module in the text format to an artifact, in this process.
#pragma once

#include <string_view>

#include "runtime/base/bytes.h"

namespace fuzz {

// Returns the artifact. The module must be valid; the process is aborted if it is not.
base::Bytes artifactOf(std::string_view text);

}  // namespace fuzz
