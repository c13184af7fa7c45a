// Segment addresses: memory 0 by GS, so that its base takes no register.
//
// Idea. Compiled code adds the base of a memory to nearly every address, and so keeps it in one of
// 15 registers for as long as a function runs, or takes it from the stack each time. x86-64 adds
// the base of a segment register as part of the address, `%gs:off(%idx)`. The runtime keeps the
// base of memory 0 there while code of the instance runs (abi::ContextHeader::segmentBase). Such a
// load takes a cycle more than one of a register and an index (none more than one with an offset
// besides), so that this is only for blocks in which more values are alive than there are
// registers.
//
// Soundness. An access at base + x, where base is that of memory 0 and x any sum of 64 bits,
// becomes one at GS:x: the same byte, whatever x is, if GS is right. That it is, in all functions
// with kSegmentBaseAttribute, is the ABI's business (docs/abi.md). Anything but a plain load or
// store, and whatever goes through phis or other passes' copies of the base, keeps its address.
//
// It comes last: to LLVM, pointers made of integers may point anywhere, which would cost vectors,
// and the base it no longer sees is what distances in loops are told from.
//
// Worth, time against that without (AMD's Zen 3, scalar wasm): zstd, xz and tinyscheme 0.90 to
// 0.95; lz4 and onig the same within noise. In all blocks instead: onig and xz 1.1, lz4 1.04. On
// Zen 4 it costs more than it gains: snappy 1.05, lz4 and zlib 1.03, zstd 0.97; on Intel's CPUs
// still more: zlib 1.09 to 1.11, lz4 1.19 to 1.26. So only code for Zen 1 to 3 has it
// (Target::hasFastSegmentBase).
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// On a function: while it runs, GS has the base of memory 0.
inline constexpr const char* kSegmentBaseAttribute = "wasm-segment-base";

class GsRelativeAddressing : public llvm::PassInfoMixin<GsRelativeAddressing> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
