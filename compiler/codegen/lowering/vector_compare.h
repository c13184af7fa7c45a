// The lowering of comparisons of integer lanes (section 4.3.2). Lanes may have 8 to 64 bits.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Returns a vector of the operands' type: lanes for which `predicate` holds have all bits set, the
// others are zero.
llvm::Value* laneMask(const Lowering& build, llvm::CmpInst::Predicate predicate, llvm::Value* left,
                      llvm::Value* right);

// Returns an i1 that is true if no lane is zero.
llvm::Value* allTrue(const Lowering& build, llvm::Value* lanes);

// Returns an i32 with the top bits of the lanes. That of lane 0 is bit 0.
llvm::Value* bitmask(const Lowering& build, llvm::Value* lanes);

}  // namespace codegen
