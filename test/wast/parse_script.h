// Text of a test script -> Script. Modules written in the script are only delimited here: each is
// parsed when its turn comes, so that a module that does not parse fails alone.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "test/wast/script.h"

namespace wast {

// `text` outlives the script. Errors are at "file:line:column".
base::Result<Script> parseScript(const std::string& fileName, std::string_view text);

}  // namespace wast
