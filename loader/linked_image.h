// A compiled module that a linker has made a part of this program, or of a shared library in it.
#pragma once

#include "runtime/abi/linked_module.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace loader {

// The addresses of the module's parts, as Image has them. They are valid as long as the object file
// of the process that contains the module.
struct LinkedImage {
  const abi::ModuleDescriptor* descriptor;
  base::ByteView code;
  base::ByteView loaded;        // of the object file of the process
  base::ByteView unwindHeader;  // .eh_frame_hdr
};

// Returns the parts of a module, of which the linker has defined the symbol, and of its variants
// (`next`) the one for this CPU. Fails if the CPU lacks a feature that the code of each uses.
base::Result<LinkedImage> openLinked(const abi::LinkedModule& module);

}  // namespace loader
