// The context of the lowerings: functions that add the LLVM IR of operations on vectors
// (vector_*.h) and floats (float_*.h).
//
// A lowering is a free function that adds code at `ir` and returns the result. Operands and result
// are lanes (<16 x i8>, <4 x float>); those of floats may be scalars as well. The code is generic
// IR wherever LLVM selects the best instructions for that, and the target's own intrinsic where it
// does not. A lowering adds no blocks and depends on nothing in the function around it.
#pragma once

#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/IRBuilder.h>

#include "compiler/codegen/target/target.h"

namespace codegen {

// The builder and the properties of the compilation that lowerings depend on.
struct Lowering {
  llvm::IRBuilder<>& ir;
  const Target& target;  // decides between instructions
  bool isDeterministic;  // Options::isDeterministic

  bool isX86() const { return target.arch() == abi::Arch::X86_64; }
};

// The types of lowerings with one and with two operands.
using UnaryLowering = llvm::Value* (*)(const Lowering&, llvm::Value*);
using BinaryLowering = llvm::Value* (*)(const Lowering&, llvm::Value*, llvm::Value*);

}  // namespace codegen
