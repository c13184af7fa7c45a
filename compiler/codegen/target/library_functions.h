// The library information for LLVM's passes: no function of the C library is available.
//
// LLVM recognizes idioms such as loops that copy memory, and replaces them by library calls. An
// access of linear memory in such a function could fault, and a fault outside of guest code is not
// a trap. memory.fill and memory.copy check their bounds first, and then use LLVM's intrinsics,
// which call the functions in libcalls.def.
#pragma once

#include <llvm/Analysis/TargetLibraryInfo.h>

namespace codegen {

// Returns library information for this target in which all functions are unavailable.
inline llvm::TargetLibraryInfoImpl noLibraryFunctions(const llvm::Triple& triple) {
  llvm::TargetLibraryInfoImpl functions(triple);
  functions.disableAllFunctions();
  return functions;
}

}  // namespace codegen
