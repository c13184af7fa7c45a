// The translation of an instance's state into a module.
#pragma once

#include "compiler/snapshot/snapshot.h"
#include "runtime/instance/instance.h"

namespace snapshot {

// Changes `snapshot.module`, which is `source` but for its exports, and appends to `snapshot.code`,
// which begins with the bytes of `source`, so that instances begin with the state of `instance`, an
// instance of `source` without other instances in its store. Fails if a reference refers to an
// object, which no constant expression can make.
base::Result<void> capture(const runtime::Instance& instance, const wasm::Module& source,
                           Snapshot& snapshot);

}  // namespace snapshot
