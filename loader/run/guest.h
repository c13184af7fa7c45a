// One run of a guest: from an image to an exit code.
#pragma once

#include <memory>

#include "loader/image.h"
#include "loader/run/command_line.h"

namespace run {

// Links, instantiates and runs; tells on standard error what went wrong. Returns wasmrun's exit
// code: the guest's own, or one of command_line.h's.
int runGuest(const Options& options, std::shared_ptr<loader::Image> image);

// "wasmrun: error: ..."
void printError(const base::Error& error);

}  // namespace run
