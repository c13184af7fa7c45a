// The counting of fuel in a function (docs/fuel.md): what its instructions cost is subtracted from
// the fuel of the store, abi::ExecState::fuel.
//
// The fuel is in a variable, which LLVM keeps in a register; it is in the ExecState whenever other
// code runs. The costs of a straight piece of code are added up while it is translated, and are
// subtracted once, where control flow begins. So the count is the same however the code is
// optimized. Whether the fuel is negative is checked only at the head of each loop and at the entry
// of functions that make calls: all other code ends after a time that its length bounds.
#pragma once

#include <llvm/IR/IRBuilder.h>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/wasm/opcode.h"

namespace codegen {

class FuelCounter {
 public:
  // `entry` adds to the entry block, `code` at the current place of the function. Without begin()
  // all functions do nothing.
  FuelCounter(const AbiLowering& abi, llvm::Value* context, llvm::IRBuilder<>& entry,
              llvm::IRBuilder<>& code)
      : abi_(abi), context_(context), entry_(entry), code_(code) {}

  // Begins to count, with the cost of the call. If `isExact`, the fuel is in the ExecState after
  // each straight piece of code, so that it is also exact after a fault.
  void begin(bool isExact);
  bool isCounting() const { return variable_ != nullptr; }

  // Adds the cost of an instruction that runs next. `operand` is its last operand. If the cost
  // depends on it, adds a check.
  void add(wasm::Cost cost, llvm::Value* operand);
  // Subtracts what an instruction costs that has grown something by `operand`, unless its result is
  // -1. Both have one type.
  void addGrowth(llvm::Value* operand, llvm::Value* result);
  // Subtracts what has been added, before control flow divides or joins.
  void settle();
  // Forgets what has been added, since the code there ends.
  void drop() { pending_ = 0; }
  // Adds a trap if the fuel is negative. Requires that nothing has been added since settle().
  void check();

  // Settles and writes the fuel to the ExecState, where other code or the caller finds it.
  void save();
  // The same, before a call of code that may count.
  void saveForCall();
  // Writes the fuel to the ExecState before a trap. What has been added stays to be settled in
  // other code.
  void saveForTrap();
  // Reads the fuel again, after other code has run.
  void reload();

  // Ends the function's code. If it makes calls, adds a check at its entry, with the debug location
  // of the current place.
  void finish();

 private:
  llvm::Value* current();
  llvm::Value* address(llvm::IRBuilder<>& builder);
  llvm::Value* units(llvm::Value* operand);
  void subtract(llvm::Value* cost);
  void store(llvm::Value* fuel, bool isVolatile);
  void addCheck(llvm::IRBuilder<>& builder, llvm::Value* fuel);

  const AbiLowering& abi_;
  llvm::Value* context_;
  llvm::IRBuilder<>& entry_;
  llvm::IRBuilder<>& code_;
  llvm::AllocaInst* variable_ = nullptr;  // an i64; null if the code does not count
  llvm::Value* initial_ = nullptr;        // the fuel at the entry
  uint64_t pending_ = 0;                  // added and not yet subtracted
  bool isExact_ = false;
  bool makesCalls_ = false;
};

}  // namespace codegen
