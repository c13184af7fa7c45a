// By how much a value grows in each iteration of a loop.
#pragma once

#include <llvm/ADT/APInt.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>

#include <optional>

namespace codegen {

// None where that is not one constant, in its own width; it may be negative.
std::optional<llvm::APInt> stepOf(llvm::Value* value, const llvm::Loop& loop,
                                  llvm::ScalarEvolution& evolution);

}  // namespace codegen
