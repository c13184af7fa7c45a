// The round trip of a module through the text format: printing it, parsing the text and writing the
// result must give the same bytes as writing the module.
#pragma once

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace round_trip {

// Checks the round trip of a valid module. Returns the error of the step that fails, or an error
// with the offset at which the bytes differ.
base::Result<void> checkRoundTrip(const wasm::Module& module);

}  // namespace round_trip
