// What an output is made from, for its note.
#pragma once

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"

namespace driver {

// Returns the id of a module in the binary format, and the version of this compiler. The version of
// the ABI is left out.
abi::Provenance provenanceOf(base::ByteView module);

}  // namespace driver
