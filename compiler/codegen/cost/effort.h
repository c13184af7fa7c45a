// How much a function is optimised.
//
// LLVM's passes take time in proportion to the length of most functions, and out of all proportion
// for some: a kilobyte of WebAssembly can keep one busy for minutes. What a function would take
// beyond its proportion is estimated from its shape. A module may take so much for each byte of its
// code; where its functions would take more, the worst of them are compiled as -O0 compiles, whose
// time grows with the length alone. So the time that a module takes has a bound that its author
// cannot lift, and what programs have is optimised: of the benchmark suite's 79 none loses a
// function.
//
// The estimate is the sum of what the passes concerned were seen to take, on the modules of
// test/growth. It depends on nothing but the module: never on how fast the machine is, or on the
// number of threads.
#pragma once

#include <llvm/IR/Function.h>

#include <cstdint>
#include <span>
#include <vector>

#include "compiler/codegen/cost/function_shape.h"

namespace codegen {

enum class Effort : uint8_t { Full, Least };

// Nanoseconds that a function just translated, of `bytes` of WebAssembly, would take beyond what is
// in proportion. The function may be changed, and is of no use for anything else afterwards.
uint64_t excessTime(llvm::Function& function, uint64_t bytes);

// Given all functions' excess: how much each is optimised in a module of `bytes` of code.
std::vector<Effort> shareEffort(std::span<const uint64_t> excess, uint64_t bytes);

// How much the thunks of a module of `bytes` of code are optimised: there may be one or more for
// each function type, and a type takes fewer bytes than any function.
Effort effortForThunks(uint64_t count, uint64_t bytes);

}  // namespace codegen
