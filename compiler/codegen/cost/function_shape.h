// Measures of a function for which the time of LLVM's passes grows faster than its length.
//
// All measures but the first two grow with the square of the number of some construct, as does the
// time of some pass. They are small in ordinary programs, and large in functions made to slow down
// the compiler. All of them are counts, which are the same on every machine.
#pragma once

#include <llvm/IR/Function.h>

#include <cstdint>

namespace codegen {

// The measures. Each is a sum over the function of the described numbers, or of their squares.
struct FunctionShape {
  uint64_t instructions = 0;
  uint64_t loops = 0;
  uint64_t joins = 0;       // for each phi, the incoming values, squared
  uint64_t chains = 0;      // for each phi, the longest chain of other phis that it depends on
  uint64_t conditions = 0;  // for each value, the branches on it, squared
  uint64_t loopChains = 0;  // for each loop, the chain of loops that computes its initial values
  uint64_t continues = 0;   // for each loop, its latches, squared
  uint64_t exits = 0;       // for each loop, its exit edges, squared
  uint64_t spans = 0;       // for each value, the instructions between it and its last use
  uint64_t blocks = 0;      // for each block, its instructions, squared
  uint64_t accesses = 0;    // for each sequence in a block without a call, its accesses, squared
  uint64_t calls = 0;       // for each block, its calls, squared
  uint64_t allCalls = 0;    // calls, operations on whole memories and traps, squared
  uint64_t uses = 0;        // for each value and block, the operations and calls on it, squared
  uint64_t divisions = 0;   // integer divisions, squared
  // Pairs of a sum or difference and a comparison of it with one of its operands, squared.
  uint64_t overflows = 0;
  // For each computation, the blocks that repeat it and are not dominated by another, squared.
  uint64_t repetitions = 0;
};

// Returns the shape of a function that has not been optimized, and promotes its locals to
// registers.
FunctionShape measureShape(llvm::Function& function);

// Returns an estimate of the steps that promoting the locals to registers takes: the locals times
// the locals and blocks. It takes linear time, so it can be checked before measureShape is called.
uint64_t promotionSteps(const llvm::Function& function);

// Returns the sum of the depths of all blocks in loops: LLVM's LoopInfo lists each block in each
// loop around it. Takes almost linear time, so it can be checked before measureShape is called.
uint64_t loopSteps(llvm::Function& function);

}  // namespace codegen
