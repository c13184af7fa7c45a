// The writer of modules in the binary format (section 5), in a canonical encoding: equal modules
// give equal bytes, whatever the encoding that they were read from.
#pragma once

#include "compiler/wasm/module.h"
#include "runtime/base/result.h"

namespace wasm {

// Returns the encoded module, or an error with the position if an instruction is malformed. The
// module need not be valid.
//
// Every number is written in its shortest form, and every type and segment in its simplest; imports
// do not use the compact form; consecutive locals of the same type are one run; the data count
// section is written only if an instruction needs it. Custom sections keep their contents and their
// places between the other sections, except that branch hints are written anew, since the offsets
// of instructions may change.
base::Result<base::Bytes> writeModule(const Module& module);

}  // namespace wasm
