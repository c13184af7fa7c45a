// References to pointers of the host (externref) that need an object of the heap: a box.
#pragma once

#include "runtime/base/result.h"
#include "runtime/gc/finalizers.h"
#include "runtime/types/value.h"

namespace runtime {

struct StoreState;

// Returns a new externref to `pointer`, which may be any word; it is not null even if the pointer
// is. If `finalize` is not null, it is called with the pointer after the reference has become
// unreachable, as finalizers.h says. Only then, or if the pointer does not fit into a word, the
// reference takes space in the heap; fails if there is none. May collect.
base::Result<Value> newHostReference(StoreState& store, void* pointer,
                                     void (*finalize)(void* pointer));

}  // namespace runtime
