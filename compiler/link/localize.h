// A change of the symbols of a linked object file.
#pragma once

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace linker {

// Returns a relocatable object file whose hidden symbols are local, so that they do not meet those
// of other objects.
base::Result<base::Bytes> localizeHidden(base::ByteView object);

}  // namespace linker
