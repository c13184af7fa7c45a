// The constant step of an add recurrence.
#pragma once

#include <llvm/ADT/APInt.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>

#include <optional>

namespace codegen {

// Returns the step of `value` in each iteration of `loop`, in the width of `value`; it may be
// negative. Returns nothing if `value` is no affine recurrence of `loop` with a constant step.
std::optional<llvm::APInt> stepOf(llvm::Value* value, const llvm::Loop& loop,
                                  llvm::ScalarEvolution& evolution);

}  // namespace codegen
