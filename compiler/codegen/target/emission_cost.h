// LLVM follows variables through each function that has line numbers. Ours have none, which it
// finds out only at the end: that takes a quarter of the time of an -O0, a twentieth of that of an
// -O2, and more than its share where functions are large. What comes out is the same without, to
// the byte.
#pragma once

namespace codegen {

// Once per process.
void lowerEmissionCost();

}  // namespace codegen
