// What the lowerings of vector operations (vector_*.h) build with. A lowering takes and gives
// lanes; it is generic IR wherever LLVM makes the best code of that, and the target's own intrinsic
// where it does not.
#pragma once

#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/IRBuilder.h>

#include "compiler/codegen/target.h"

namespace codegen {

struct VectorBuilder {
  llvm::IRBuilder<>& ir;
  const Target& target;
  bool isDeterministic;  // Options::isDeterministic

  bool isX86() const { return target.arch() == abi::Arch::X86_64; }
};

}  // namespace codegen
