// Which module's compiled code is at an address. Looking up takes no lock and allocates nothing, so
// that a signal handler can ask.
#pragma once

#include "runtime/module.h"

namespace runtime {

// Once per module; no other's code overlaps. From any thread.
void registerCode(const CodeRange& code, const Module* module);
// No thread is in the module's code any more, nor will be.
void unregisterCode(const Module* module);

// The module whose code `pc` is in, or null. Async-signal-safe. The answer is to be relied on when
// something keeps that module alive, as a call that is under way does.
const Module* moduleAt(const void* pc);

}  // namespace runtime
