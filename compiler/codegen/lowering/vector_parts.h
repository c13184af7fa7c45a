// Parts of vectors, which the lowerings of vector instructions name: halves, every second lane,
// and the same 128 bits divided into lanes of another width.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

enum class Half : uint8_t { Low, High };

// The type of as many bits whose integer lanes are twice, or half, as wide.
llvm::FixedVectorType* withWiderLanes(llvm::Type* type);
llvm::FixedVectorType* withNarrowerLanes(llvm::Type* type);

llvm::Value* halfOf(const Lowering& build, llvm::Value* lanes, Half half);

// Lanes 0, 2, 4... and 1, 3, 5...
llvm::Value* evenLanes(const Lowering& build, llvm::Value* lanes);
llvm::Value* oddLanes(const Lowering& build, llvm::Value* lanes);

// The lanes of a half of either vector, alternating; the first is from `first`.
llvm::Value* interleave(const Lowering& build, llvm::Value* first, llvm::Value* second, Half half);

// All lanes of `first`, then all of `second`.
llvm::Value* concatenate(const Lowering& build, llvm::Value* first, llvm::Value* second);

}  // namespace codegen
