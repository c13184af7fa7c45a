// The run of a guest by wasmrun, from a loaded image to an exit code.
#pragma once

#include <memory>

#include "loader/image.h"
#include "loader/run/command_line.h"

namespace run {

// Instantiates the module and calls its _start, or the export of --invoke, whose results it prints.
// Prints errors and traps to standard error. Returns the exit code of wasmrun: the guest's, or one
// of command_line.h.
int runGuest(const Options& options, std::shared_ptr<loader::Image> image);

// Prints "wasmrun: error: " and the error to standard error.
void printError(const base::Error& error);

}  // namespace run
