// The runtime of executables: an object file with everything but the module (loader/exe), which is
// installed with the compiler.
#pragma once

#include <string>

#include "runtime/abi/types.h"
#include "runtime/base/result.h"

namespace driver {

// Returns the path of the runtime for an architecture, in `directory` or, if that is empty, in
// ../lib/wasm2obj beside the folder of this executable. Returns an error if there is no such file.
base::Result<std::string> findRuntime(const std::string& directory, abi::Arch arch);

}  // namespace driver
