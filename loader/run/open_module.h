// From the name of a file to an image that can run: an artifact is loaded, a WebAssembly module is
// compiled first, or found in the cache.
#pragma once

#include <memory>

#include "loader/image.h"
#include "loader/run/command_line.h"

namespace run {

// Errors with an empty text have been told already, by the compiler.
base::Result<std::shared_ptr<loader::Image>> openModule(const Options& options);

}  // namespace run
