// The base of the segment register GS, by which compiled code for x86-64 reaches memory 0 of its
// instance (abi::ContextHeader::segmentBase). Nothing else in a Linux process uses GS as a rule;
// where something does, it finds its base again when a call into a guest has ended.
#pragma once

namespace runtime {

// Makes `base` the thread's, unless it is null; the one before. So a null base, which belongs to
// nobody, is not put back: the next call into the same instance need not set it again, which costs
// more than to compare. Does nothing and gives null on other architectures.
void* swapSegment(void* base);

}  // namespace runtime
