// What LLVM keeps once per process: its registry of targets, its command line's options and its
// callbacks for code emission.
//
// LLVM has no other way to set some limits than options of its command line. They are the same for
// all compilations, are set before the first one and never again, so that compilations on several
// threads need not wait for each other.
#pragma once

namespace codegen {

// The most comparisons of ranges at run time that a loop may be versioned for. A comparison costs
// about as much as an iteration of a short loop. LLVM's vectoriser makes hundreds for a body that
// was unrolled by hand, which grew zlib's inflate_fast from 3.3 to 27.6 KB and gained no time.
inline constexpr unsigned kMaxRuntimeChecks = 24;

// The most successors, and the most predecessors, of a block with an indirect jump that tail
// duplication copies before registers are allocated. Twice LLVM's limit.
inline constexpr unsigned kMaxTailDuplicationFan = 32;

// Registers the targets, sets the options and adds the machine passes. The first call does so,
// later ones return at once; it may be called from several threads. The linker, which is part of
// LLVM too, resets all options to their initial values, so that these are set.
void initializeLlvm();

}  // namespace codegen
