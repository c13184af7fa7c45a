// What of a function makes LLVM's passes take more time than in proportion to its length.
//
// Each measure but the first two grows with the square of something that a function may have many
// of, as the time does that some pass takes for it; so it is small in what people and compilers
// write, and large in what somebody made to be so. All are counts of the code, the same on every
// machine.
#pragma once

#include <llvm/IR/Function.h>

#include <cstdint>

namespace codegen {

struct FunctionShape {
  uint64_t instructions = 0;
  uint64_t loops = 0;
  uint64_t joins = 0;       // values that meet in a block, by the square of the ways to get there
  uint64_t chains = 0;      // phis, by how many others come before one on the way to its value
  uint64_t conditions = 0;  // branches on the same value, squared
  uint64_t loopChains = 0;  // loops, by how many others have made the value that one begins with
  uint64_t continues = 0;   // ways back to a loop's head, squared
  uint64_t exits = 0;       // ways out of a loop, squared
  uint64_t spans = 0;       // instructions between a value and its last use
  uint64_t blocks = 0;      // instructions of a block, squared
  uint64_t accesses = 0;    // accesses to memory of a block without a call between, squared
  uint64_t calls = 0;       // of a block, squared
  uint64_t allCalls = 0;    // of the function, with operations on memory and traps, squared
  uint64_t uses = 0;        // arithmetic and calls in a block that use the same value, squared
  uint64_t divisions = 0;   // of integers, squared
  // Sums that are compared with what is added, differences likewise, squared.
  uint64_t overflows = 0;
  // Blocks that compute the same, none of them before the next on all ways, squared.
  uint64_t repetitions = 0;
};

// Of a function without optimisation, whose locals are still in memory; they are afterwards not.
FunctionShape measureShape(llvm::Function& function);

// How many steps it takes to take the locals out of memory.
uint64_t promotionSteps(const llvm::Function& function);

}  // namespace codegen
