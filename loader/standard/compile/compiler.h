// The compiler of wasm.h, which libwasm2obj has and libwasmrt has not: each library has one of two
// implementations.
#pragma once

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace standard {

// Returns the artifact of a module in the binary format, with code for this machine. Thread-safe.
base::Result<base::Bytes> compile(base::ByteView binary);

// Fails if a module in the binary format is not valid. Thread-safe.
base::Result<void> validate(base::ByteView binary);

}  // namespace standard
