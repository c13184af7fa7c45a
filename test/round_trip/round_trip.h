// The promise of the text format: printing, parsing and encoding give the bytes that encoding
// gives.
#pragma once

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace round_trip {

// Of a module that is valid. An error tells what failed, or where the bytes differ.
base::Result<void> checkRoundTrip(const wasm::Module& module);

}  // namespace round_trip
