// Checks that printing a module, parsing the text and writing the result gives the same bytes as
// writing the module.
#pragma once

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace round_trip {

// Checks a valid module. Returns an error that tells which step failed or where the bytes differ.
base::Result<void> checkRoundTrip(const wasm::Module& module);

}  // namespace round_trip
