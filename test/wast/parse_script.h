// The parser of test scripts. It only determines where a module in the text format begins and ends:
// the module is parsed when its command is run, so that a syntax error in it fails only that
// command.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "test/wast/script.h"

namespace wast {

// Returns the commands of the script, or an error at "file:line:column" if the text is no script or
// has 4 GiB or more. A text that consists of the fields of a module is a script that defines it.
// `text` must outlive the result, whose commands have views of it.
base::Result<Script> parseScript(const std::string& fileName, std::string_view text);

}  // namespace wast
