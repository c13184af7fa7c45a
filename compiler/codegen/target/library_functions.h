// Which functions of the C library LLVM may call on its own account: none.
//
// A loop over linear memory, or a chain of comparisons, that were made a call would fault in there,
// where nobody knows which instruction of the guest it was. memory.fill and memory.copy check
// first, and call what libcalls.def lists by intrinsics.
#pragma once

#include <llvm/Analysis/TargetLibraryInfo.h>

namespace codegen {

inline llvm::TargetLibraryInfoImpl noLibraryFunctions(const llvm::Triple& triple) {
  llvm::TargetLibraryInfoImpl functions(triple);
  functions.disableAllFunctions();
  return functions;
}

}  // namespace codegen
