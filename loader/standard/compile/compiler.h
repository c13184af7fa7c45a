// The compiler of wasm.h and wasm2obj_compile.h, which libwasm2obj has and libwasmrt has not: each
// library has one of two implementations.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace standard {

// Returns the artifact of a module in the binary or the text format. `options` are words of a
// command line (driver::addCodegenOptions); by default the code is for this machine. Thread-safe.
base::Result<base::Bytes> compile(base::ByteView module, std::vector<std::string> options = {});

// Fails if a module in the binary format is not valid. Thread-safe.
base::Result<void> validate(base::ByteView binary);

}  // namespace standard
