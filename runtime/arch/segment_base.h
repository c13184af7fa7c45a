// The base of the segment register GS, relative to which compiled code for x86-64 addresses memory
// 0 of its instance (abi::ContextHeader::segmentBase). Other code of a Linux process rarely uses
// GS.
#pragma once

namespace runtime {

// Sets the thread's base, unless `base` is null, and returns the previous one. Does nothing and
// returns null on other architectures.
//
// So a null base is not restored after a call into a guest. It means that the thread does not use
// GS, and the next call into the same instance finds its base set, which is faster than setting it.
void* swapSegment(void* base);

}  // namespace runtime
