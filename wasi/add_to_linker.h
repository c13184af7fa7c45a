// WASI as imports: wasi_snapshot_preview1 and wasi_unstable.
#pragma once

#include "runtime/linker.h"
#include "wasi/context.h"

namespace wasi {

// Defines every function of both versions. The context is borrowed: it outlives the instances.
void addToLinker(runtime::Linker& linker, Context& context);

}  // namespace wasi
