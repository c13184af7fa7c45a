// Definition of the WASI modules wasi_snapshot_preview1 and wasi_unstable in a linker.
#pragma once

#include "runtime/linker.h"
#include "wasi/context.h"

namespace wasi {

// Defines every function of both modules in `linker`. Other functions that a guest imports from
// them, such as the sockets of other runtimes, are defined on demand, if they return an i32. They
// fail with Errno::NoSys when they are called, because a program may import functions that it never
// calls. Borrows `context`, which must outlive
// the linker and all instances that it makes. Calls are traced if context.traces().
void addToLinker(runtime::Linker& linker, Context& context);

// Returns a function that addToLinker() has defined for `from` as it would be for `to`, of which
// nothing may have been called yet. Contexts of one builder have the same functions.
runtime::HostFunction rebind(const runtime::HostFunction& function, const Context& from,
                             Context& to);

// Returns whether this is the name of a module of WASI.
bool isModule(std::string_view name);

// Returns whether a module imports from WASI. A module that does not needs no context.
bool importsWasi(const runtime::Module& module);

}  // namespace wasi
