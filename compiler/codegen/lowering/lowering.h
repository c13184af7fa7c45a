// What the lowerings of operations on vectors (vector_*.h) and floats (float_*.h) build with.
//
// A lowering is a free function that adds code at `ir` and returns the result. Operands and result
// are lanes (<16 x i8>, <4 x float>); those of floats may be scalars as well. The code is generic
// IR wherever LLVM selects the best instructions for that, and the target's own intrinsic where it
// does not. A lowering knows nothing of the function around it.
#pragma once

#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/IRBuilder.h>

#include "compiler/codegen/target/target.h"

namespace codegen {

struct Lowering {
  llvm::IRBuilder<>& ir;
  const Target& target;  // decides between instructions
  bool isDeterministic;  // Options::isDeterministic

  bool isX86() const { return target.arch() == abi::Arch::X86_64; }
};

// What lowerings of one and of two operands look like.
using UnaryLowering = llvm::Value* (*)(const Lowering&, llvm::Value*);
using BinaryLowering = llvm::Value* (*)(const Lowering&, llvm::Value*, llvm::Value*);

}  // namespace codegen
