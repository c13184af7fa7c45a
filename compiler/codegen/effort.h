// How much a function is optimised.
//
// LLVM's passes take time in proportion to the length of most functions, and out of all proportion
// for some: a kilobyte of WebAssembly can keep one busy for minutes. What such a function would
// take is estimated from its shape; where that is too much for its length it is compiled as -O0
// compiles, whose time grows with the length alone. So the time that a module takes has a bound
// that its author cannot lift.
//
// The estimate is the sum of what the passes concerned were seen to take, on the modules of
// test/growth. It depends on nothing but the function: never on how fast the machine is, or on the
// functions that are compiled with it.
#pragma once

#include <llvm/IR/Function.h>

#include <cstdint>

#include "compiler/codegen/function_shape.h"

namespace codegen {

enum class Effort : uint8_t { Full, Least };

// For a function just translated, of `bytes` of WebAssembly. It may be changed, and is of no use
// for anything else afterwards.
Effort effortFor(llvm::Function& function, uint64_t bytes);

}  // namespace codegen
