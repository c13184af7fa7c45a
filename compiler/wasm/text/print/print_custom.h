// Prints custom sections as annotations (appendix A.6.3). Name section and branch hints are left
// out if parsing the identifiers and hints in the text gives the same sections.
#pragma once

#include "compiler/wasm/text/print/print_types.h"

namespace wasm {

// Prints the sections as `(@custom "name" (after func) "bytes")`, a line each. Must be called after
// all functions have been printed, when PrintNames::sayAll is known.
void printCustomSections(Printing& to);

}  // namespace wasm
