// The runtimes of executables: object files with everything but the module (loader/exe), which are
// installed with the compiler. There is one for modules that can start threads (wasi-threads).
#pragma once

#include <string>

#include "compiler/wasm/module.h"
#include "runtime/abi/types.h"
#include "runtime/base/result.h"

namespace driver {

// Returns the path of the runtime for an architecture and a module, in `directory` or, if that is
// empty, in
// ../lib/wasm2obj beside the folder of this executable. Returns an error if there is no such file.
base::Result<std::string> findRuntime(const std::string& directory, abi::Arch arch,
                                      const wasm::Module& module);

}  // namespace driver
