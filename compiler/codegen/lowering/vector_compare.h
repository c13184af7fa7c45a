// Comparison of integer lanes (section 4.3.2). Lanes may have 8 to 64 bits.
#pragma once

#include "compiler/codegen/lowering/lowering.h"

namespace codegen {

// Returns lanes of the operands' type: all ones where `predicate` holds, zero in the others.
llvm::Value* laneMask(const Lowering& build, llvm::CmpInst::Predicate predicate, llvm::Value* left,
                      llvm::Value* right);

// Returns, as i1, whether no lane is zero.
llvm::Value* allTrue(const Lowering& build, llvm::Value* lanes);

// Returns, as i32, the top bits of the lanes. That of lane 0 is the lowest.
llvm::Value* bitmask(const Lowering& build, llvm::Value* lanes);

}  // namespace codegen
