// The base of the segment register GS, by which compiled code for x86-64 addresses memory 0 of its
// instance (abi::ContextHeader::segmentBase). Other code in a Linux process rarely uses GS; its
// base is restored when a call into a guest ends.
#pragma once

namespace runtime {

// Sets the thread's base, unless `base` is null. Returns the previous one. A null base, which
// nobody uses, is thus not restored, and the next call into the same instance only compares:
// setting costs more. Does nothing and returns null on other architectures.
void* swapSegment(void* base);

}  // namespace runtime
