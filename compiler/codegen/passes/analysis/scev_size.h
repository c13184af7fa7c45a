// How large an expression about values in loops may be that a pass of ours computes with.
//
// Where one loop goes on from where another has ended, what is known of the first is part of each
// thing that is known of the second, several times over: expressions grow exponentially in the
// number of loops, and so does the time of whatever looks at all of one or writes it as code.
#pragma once

#include <llvm/Analysis/ScalarEvolutionExpressions.h>

namespace codegen {

// What two or three loops around or before another take.
constexpr unsigned kMaxExpressionSize = 100;

// The size is that of the tree, which LLVM keeps; reading it takes no time.
inline bool isSmall(const llvm::SCEV& expression) {
  return expression.getExpressionSize() <= kMaxExpressionSize;
}

}  // namespace codegen
