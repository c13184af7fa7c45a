// Options that a program does not get by its own command line, whose words are the guest's.
#pragma once

#include <string>
#include <vector>

#include "loader/options/guest_options.h"

namespace options {

// Adds the options that the words are. Fails if a word is none, or none of an option's value.
base::Result<void> addOptions(GuestOptions& target, std::vector<std::string> words);

// Adds the options in the environment variable WASM2OBJ_OPTIONS, which are words with spaces
// between them; quotes of either kind enclose spaces. Ignores the variable in a process with more
// rights than its user has (setuid). The `where` of an Error is the variable.
base::Result<void> addOptionsOfEnvironment(GuestOptions& target);

}  // namespace options
