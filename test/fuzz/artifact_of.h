// A module's text as an artifact, made in this process.
#pragma once

#include <string_view>

#include "runtime/base/bytes.h"

namespace fuzz {

// The text is right: anything else is a mistake of the fuzzer.
base::Bytes artifactOf(std::string_view text);

}  // namespace fuzz
