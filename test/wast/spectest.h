// The host module "spectest", from which all scripts may import. The specification's reference
// interpreter defines its contents.
#pragma once

#include "runtime/linker.h"
#include "runtime/store.h"

namespace wast {

// Defines the module in `linker`. Its globals, tables and memories belong to `store`, which must
// outlive every use of `linker`. Its functions print nothing.
void defineSpectest(runtime::Linker& linker, runtime::Store& store);

}  // namespace wast
