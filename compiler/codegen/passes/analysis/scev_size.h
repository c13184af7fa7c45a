// A bound on the size of the SCEV expressions that our passes handle.
//
// If the start of one loop depends on the end of another, the expression of the second contains
// that of the first several times. Expressions grow exponentially in the number of such loops, and
// so does the time of everything that traverses or expands them.
#pragma once

#include <llvm/Analysis/ScalarEvolutionExpressions.h>

namespace codegen {

// The size in tree nodes. Nests or sequences of two or three loops stay below it.
constexpr unsigned kMaxExpressionSize = 100;

// Returns true if the expression may be handled. Takes constant time: LLVM stores the size.
inline bool isSmall(const llvm::SCEV& expression) {
  return expression.getExpressionSize() <= kMaxExpressionSize;
}

}  // namespace codegen
