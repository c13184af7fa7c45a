// The printer of custom sections as annotations (appendix A.6.3). Name section and branch hints are
// omitted if parsing the identifiers and hints in the text generates the same sections.
#pragma once

#include "compiler/wasm/text/print/print_types.h"

namespace wasm {

// Prints the sections as `(@custom "name" (after func) "bytes")`, a line each. Must be called after
// all functions have been printed, since PrintNames::sayAll() depends on them.
void printCustomSections(Printing& to);

}  // namespace wasm
