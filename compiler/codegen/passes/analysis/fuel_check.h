// The function that stands for a check of the fuel until it is replaced by a branch. It is declared
// only. With branches that trap instead, a loop would have an exit that nothing is known of, and
// few optimizations of loops would apply.
#pragma once

#include <llvm/IR/Instructions.h>
#include <llvm/IR/Module.h>

namespace codegen {

// void wasm2obj.fuel(ptr context, i64 fuel): writes the fuel to the ExecState and traps (OutOfFuel)
// if it is negative, else returns.
inline constexpr char kFuelCheck[] = "wasm2obj.fuel";

// Returns the declaration in `module`, which is added if it is missing. It may not return, so that
// nothing that the host can see moves across a call of it, but otherwise accesses no memory that
// LLVM knows.
llvm::Function* declareFuelCheck(llvm::Module& module);

// Returns the checks in a block, or in a function, in order.
llvm::SmallVector<llvm::CallInst*> fuelChecksIn(llvm::BasicBlock& block);
llvm::SmallVector<llvm::CallInst*> fuelChecksIn(llvm::Function& function);

// Returns the fuel that a check tests.
inline llvm::Value* fuelOf(const llvm::CallInst& check) { return check.getArgOperand(1); }

}  // namespace codegen
