// RingBufferPrefetch: prefetches the addresses that depend on values in a small ring buffer.
//
// A ring buffer has a power of two of slots. A slot is read and then overwritten; the new value is
// read a whole cycle later. Programs keep indices into large tables in a ring buffer in order to
// prefetch the entries in time, but WebAssembly has no prefetch instruction, so only the ring
// buffer is left. This pass takes the addresses that are computed from the value that is read,
// computes them for the value that is written as well, and prefetches those:
//
//     hash = ring[i & 7];                 hash = ring[i & 7];
//     ring[i & 7] = next;                 ring[i & 7] = next;
//                                  =>     prefetch(&table[next >> 8]);
//     use(table[hash >> 8]);              use(table[hash >> 8]);
//
// Correctness: A prefetch neither traps nor changes the program's state. A guest must not be able
// to load foreign memory into the cache, so the pass runs only if indices have 32 bits
// (kHeadroomAttribute) and all that an index can reach lies in the memory's reservation.
//
// Limitations: The slot's index is masked with a constant of at most six bits. At most four
// addresses per ring buffer are prefetched.
//
// See also: LLVM's LoopDataPrefetch, for strided accesses; Ainsworth and Jones, "Software
// Prefetching for Indirect Memory Accesses", CGO 2017, which likewise duplicates address
// computations.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Runs after the passes that simplify IR, since it matches addresses in their final form.
class RingBufferPrefetch : public llvm::PassInfoMixin<RingBufferPrefetch> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
