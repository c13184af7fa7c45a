// Parses test scripts. Of modules in the text format only the extent is determined: each is parsed
// when its command is run, so that a syntax error in a module fails only that command.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "test/wast/script.h"

namespace wast {

// Returns the script, or an error at "file:line:column". `text` must outlive the script.
base::Result<Script> parseScript(const std::string& fileName, std::string_view text);

}  // namespace wast
