// Which bits of an instruction's result depend on given bits of an operand.
#pragma once

#include <llvm/ADT/APInt.h>
#include <llvm/IR/Type.h>
#include <llvm/IR/Use.h>

namespace codegen {

// All bits of a value; of one that has no bits to speak of (a pointer, a pair), a single one that
// stands for it as a whole.
llvm::APInt allBits(const llvm::Type& type);

// Bits of the result of the instruction that `use` is an operand of, in the order of memory, that
// change with `bits` of the operand as far as anybody can know who does not know the other
// operands. None where that is not certain: where bits are dropped, or where the instruction may
// choose another operand. Phis are not looked at.
llvm::APInt dependentBits(const llvm::Use& use, const llvm::APInt& bits);

}  // namespace codegen
