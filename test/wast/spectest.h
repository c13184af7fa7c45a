// The host module that every script may import from, as the reference interpreter defines it.
#pragma once

#include "runtime/linker.h"
#include "runtime/store.h"

namespace wast {

// Its objects belong to `store`. What it prints is not shown.
void defineSpectest(runtime::Linker& linker, runtime::Store& store);

}  // namespace wast
