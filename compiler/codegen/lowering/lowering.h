// What the lowerings of operations on vectors (vector_*.h) and floats (float_*.h) build with. A
// lowering takes and gives lanes, those of floats scalars too; it is generic IR wherever LLVM makes
// the best code of that, and the target's own intrinsic where it does not.
#pragma once

#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/IRBuilder.h>

#include "compiler/codegen/target/target.h"

namespace codegen {

struct Lowering {
  llvm::IRBuilder<>& ir;
  const Target& target;
  bool isDeterministic;  // Options::isDeterministic

  bool isX86() const { return target.arch() == abi::Arch::X86_64; }
};

// What lowerings of one and of two operands look like.
using UnaryLowering = llvm::Value* (*)(const Lowering&, llvm::Value*);
using BinaryLowering = llvm::Value* (*)(const Lowering&, llvm::Value*, llvm::Value*);

}  // namespace codegen
