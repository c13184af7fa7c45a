// Shuffles that the lowerings of vector instructions consist of: halves of vectors, every second
// lane, and concatenations; and vector types with other lanes.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// The lower or the upper half of a vector's lanes; lane 0 is in the lower one.
enum class Half : uint8_t { Low, High };

// Return the vector type of the same size in bits whose integer lanes are twice, or half, as wide.
llvm::FixedVectorType* withWiderLanes(llvm::Type* type);
llvm::FixedVectorType* withNarrowerLanes(llvm::Type* type);

// Returns the lower or the upper half of the lanes, as a vector of half the size.
llvm::Value* halfOf(const Lowering& build, llvm::Value* lanes, Half half);

// Return lanes 0, 2, 4... and 1, 3, 5..., as vectors of half the size.
llvm::Value* evenLanes(const Lowering& build, llvm::Value* lanes);
llvm::Value* oddLanes(const Lowering& build, llvm::Value* lanes);

// Returns the lanes of one half of both vectors, alternating: lane 0 is from `first`, lane 1 from
// `second`.
llvm::Value* interleave(const Lowering& build, llvm::Value* first, llvm::Value* second, Half half);

// Returns a vector of twice the size: all lanes of `first`, then all of `second`.
llvm::Value* concatenate(const Lowering& build, llvm::Value* first, llvm::Value* second);

}  // namespace codegen
