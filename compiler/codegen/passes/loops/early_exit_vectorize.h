// Goes through loops that search memory in steps of a vector.
//
// `while (*p && *p == *q) p++, q++`: strlen, strcmp, memchr, the length of a match in a compressor.
// LLVM makes no vectors of a loop that does not know beforehand where it ends, since it may not
// read beyond. But what lies in one page with a byte that has been read can be read. So behind each
// iteration that goes on, the elements that follow are loaded as vectors, as long as those stay in
// the page; the conditions of the loop's exits are computed for all lanes at once; and the
// iterations up to the first lane that leaves the loop are skipped. That one is made by the loop as
// it was, which needs to know nothing: all values that it carries round are recurrences and take a
// step of as many iterations.
//
//   header ... latch -> wait -> start -> check -> probe -> check     as long as no lane leaves
//     ^                   `-> resume <-----+--------'
//     `-----------------------'
//
// A function with many such loops keeps them as they are: with 20 in each of three, compiling lz4
// took 1.3 times as long, and neither lz4 nor brotli ran faster.
//
// A loop over words waits for its second iteration before it looks ahead (`wait`): most matches
// have come to their end by then.
//
// It is sound. Skipped iterations do nothing but load, what they load is read, and they do not
// leave the loop. A vector is in a page of which the iteration before has read a byte, so that it
// traps no more than that did. That lanes follow one another is known of an index of 64 bits; one
// of 32 bits could wrap only above what an access can reach (kHeadroomAttribute). Tests of a
// counter say how many iterations they let pass; of those, no more are skipped.
//
// Worth: mujs, by strcmp of its C library, 1.68 to 1.33 of native -O3; zstd 1.68 to 1.60. lz4
// executes 0.96 of the instructions. Waiting: brotli and xz 0.92 of the time without.
#pragma once

#include <llvm/IR/PassManager.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

// Wants loops simplified, and loads released.
class EarlyExitVectorize : public llvm::PassInfoMixin<EarlyExitVectorize> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
