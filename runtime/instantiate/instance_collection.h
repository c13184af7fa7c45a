// The destruction of instances that the host has released (Store::release).
//
// An instance may be used by others: by their imports, by function references in tables, globals,
// segments and objects, by tags of exceptions. So a released one lives until a search from all that
// the host and the other instances have does not reach it. Instances and objects are searched
// together, so that cycles of both are found.
#pragma once

namespace runtime {

struct StoreState;

// Destroys the released instances that nothing uses, and collects garbage if there were any. Does
// nothing while a guest of the store runs: its registers may have addresses, like that of a memory,
// from which the instance cannot be told. Takes the time of a full collection.
void collectInstances(StoreState& store);

// Does so if half of the instances have been released since the last time, so that the cost of the
// search is shared by many.
void collectManyInstances(StoreState& store);

}  // namespace runtime
