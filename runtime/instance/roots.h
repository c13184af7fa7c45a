// The roots of a store's heap: what its globals, tables and element segments refer to, and the
// stacks of the guests that run.
#pragma once

#include "runtime/gc/heap.h"

namespace runtime {

struct StoreState;

// Passes all roots of a store to `visitor`. Must be called by the thread that uses the store, below
// all frames of guests that may hold references.
void visitRootsOf(const StoreState& store, RootVisitor& visitor);

}  // namespace runtime
