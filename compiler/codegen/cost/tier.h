// Decides how much each function is optimized, so that compile time is linear in the size of the
// module.
//
// The time of LLVM's passes is proportional to the length of most functions, but for some a
// kilobyte of WebAssembly takes minutes. The time that a function takes in excess of the
// proportional time is estimated from its shape. A module has a budget of excess time for each byte
// of its code. If its functions exceed the budget, those with the largest excess are compiled as
// with -O0, whose time depends only on their length. In the benchmark suite no function is
// affected.
//
// The estimate is the sum of the times of the passes concerned, as measured on the modules of
// test/growth. It depends only on the module, not on the machine or the number of threads, so that
// the output is reproducible.
#pragma once

#include <llvm/IR/Function.h>

#include <cstdint>
#include <span>
#include <vector>

#include "compiler/codegen/cost/function_shape.h"

namespace codegen {

// The optimization of a function. Optimized: at the level of the command line. Baseline: as with
// -O0.
enum class Tier : uint8_t { Optimized, Baseline };

// Returns the estimated excess time, in nanoseconds on a typical machine, of a function whose body
// has `bytes` bytes of WebAssembly. The function must have been translated but not optimized. It is
// changed (locals are promoted to registers) and must not be compiled afterwards.
uint64_t excessTime(llvm::Function& function, uint64_t bytes);

// Returns the tier for each function of a module whose bodies have `bytes` bytes in total, given
// the excess times of all functions in nanoseconds. Functions with the largest excess get Baseline;
// of equal ones, that with the lowest index first.
std::vector<Tier> chooseTiers(std::span<const uint64_t> excess, uint64_t bytes);

// Returns the tier for the `count` thunks of a module whose bodies have `bytes` bytes in total.
// Thunks have a budget of their own, since there are thunks for each function type and types take
// fewer bytes than functions.
Tier tierForThunks(uint64_t count, uint64_t bytes);

}  // namespace codegen
