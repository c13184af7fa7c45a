// Custom sections as annotations: what the identifiers and the hints of a printed module leave out.
#pragma once

#include "compiler/wasm/text/print/print_types.h"

namespace wasm {

// `(@custom "name" (after func) "bytes")`, a line each. To be called last, once it is known what
// the identifiers said.
void printCustomSections(Printing& to);

}  // namespace wasm
