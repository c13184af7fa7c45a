// GsRelativeAddressing: addresses memory 0 relative to the GS segment base on x86-64.
//
// Compiled code adds the base of a memory to nearly every address. The base occupies one of 15
// registers for the whole function, or is reloaded from the stack. The runtime keeps the base of
// memory 0 in the GS segment base while code of the instance runs
// (abi::ContextHeader::segmentBase), so an access can add it as part of its addressing mode:
//
//   movl off(%base,%idx), %eax     =>    movl %gs:off(%idx), %eax
//
// The latency of such a load is one cycle higher than with a base and an index. The pass therefore
// rewrites only blocks in which more values are live than there are registers.
//
// Correctness: An access to base + x becomes one to GS:x, where x is computed by the same 64-bit
// arithmetic. The segment base equals the memory's base in all functions with
// kSegmentBaseAttribute; docs/abi.md says how that is kept. Pointers that come through phis, and
// instructions other than plain loads and stores, keep their address.
//
// Limitations: It must be the last pass. To LLVM, a pointer made by `inttoptr` may alias anything,
// which would prevent vectorization, and ScalarEvolution computes distances from the base that this
// pass removes. The target decides by CPU whether the pass is worthwhile
// (Target::hasFastSegmentBase): on newer CPUs segment-relative loads cost more than they save.
//
// See also: WebAssembly sandboxing by segment registers: Narayan et al., "Segue & ColorGuard:
// Optimizing SFI Performance and Scalability on Modern Architectures", ASPLOS 2025; wasm2c and WAMR
// use the same technique.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Attribute of functions during which the GS segment base is the base of memory 0.
inline constexpr const char* kSegmentBaseAttribute = "wasm-segment-base";

// Changes functions with kSegmentBaseAttribute only.
class GsRelativeAddressing : public llvm::PassInfoMixin<GsRelativeAddressing> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
