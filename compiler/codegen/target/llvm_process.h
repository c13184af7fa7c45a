// Sets up LLVM's process-wide state: the registry of targets, the values of command line options
// and the callbacks for code emission.
//
// Some of LLVM's limits can be set only by command line options. They have the same values for all
// compilations and are set once, before the first one, so that compilations can run on several
// threads.
#pragma once

namespace codegen {

// The maximal number of runtime checks for overlapping memory for which a loop is versioned. A
// check costs about as much as an iteration of a short loop. Without a limit LLVM's loop vectorizer
// emits hundreds of them for loops that were unrolled by hand, which increases code size and gains
// nothing.
inline constexpr unsigned kMaxRuntimeChecks = 24;

// The maximal number of successors, and of predecessors, of a block with an indirect jump that tail
// duplication copies before register allocation. Twice LLVM's default.
inline constexpr unsigned kMaxTailDuplicationFan = 32;

// Registers the targets, sets the options and adds our machine passes. Only the first call has an
// effect; it may be called from several threads. The values are set as the initial values of the
// options, since lld resets all options to those.
void initializeLlvm();

}  // namespace codegen
