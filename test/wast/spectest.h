// The host module "spectest", which all scripts may import from. The reference interpreter defines
// it.
#pragma once

#include "runtime/linker.h"
#include "runtime/store.h"

namespace wast {

// Defines the module in `linker`. Its objects belong to `store`. Its functions print nothing.
void defineSpectest(runtime::Linker& linker, runtime::Store& store);

}  // namespace wast
