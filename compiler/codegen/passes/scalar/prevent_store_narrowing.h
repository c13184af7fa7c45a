// PreventStoreNarrowing: keeps the back end from storing only a part of a value to shared memory.
//
// If a value is loaded, changed in some bytes by a constant, and stored to the same place,
// instruction selection loads, changes and stores these bytes only:
//
//   %x = load i32, ptr %p                      orb $1, 1(%p)
//   %y = or i32 %x, 256               =>
//   store i32 %y, ptr %p
//
// If another thread stores to the place in between, a third one could then read a mixture of the
// two values. The memory model excludes that for aligned accesses of 32 bits and less. This pass
// makes stores of integers volatile, which instruction selection stores as they are.
//
// Correctness: a volatile store has the same effect. To LLVM's passes before this one, plain
// accesses to shared memory are accesses without data races, as in C. What they do beyond the
// memory model of WebAssembly does not occur in the pipeline: docs/threads.md lists it.
//
// Limitations: It must run after all passes that vectorize, merge or move stores.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

// Attribute of functions of modules with a shared memory.
inline constexpr const char* kSharedMemoryAttribute = "wasm-shared-memory";

// Changes functions with kSharedMemoryAttribute only.
class PreventStoreNarrowing : public llvm::PassInfoMixin<PreventStoreNarrowing> {
 public:
  static bool isRequired() { return true; }
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace codegen
