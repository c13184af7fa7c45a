// WASI as imports: wasi_snapshot_preview1 and wasi_unstable.
#pragma once

#include "runtime/linker.h"
#include "wasi/context.h"

namespace wasi {

// Defines every function of both versions. What else is imported under their names, such as the
// sockets of other runtimes, is there too and answers `nosys`: a program may import what it never
// calls. The context is borrowed: it outlives the instances.
void addToLinker(runtime::Linker& linker, Context& context);

}  // namespace wasi
