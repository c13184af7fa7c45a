// The opening of the modules of a command line: an artifact is loaded, a WebAssembly module is
// compiled or found in the cache.
#pragma once

#include <memory>
#include <string>

#include "loader/image.h"
#include "loader/run/command_line.h"

namespace run {

// Returns the loaded module at `path`, or of standard input if that is "-". An Error with an empty
// text means that the compiler has printed its errors already. Problems with the cache are not
// errors: they are printed to standard error, and the module is compiled.
base::Result<std::shared_ptr<loader::Image>> openModule(const Options& options,
                                                        const std::string& path);

}  // namespace run
