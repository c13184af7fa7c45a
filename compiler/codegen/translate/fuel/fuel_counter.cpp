#include "compiler/codegen/translate/fuel/fuel_counter.h"

#include "compiler/codegen/passes/analysis/fuel_check.h"

namespace codegen {

using llvm::Value;

namespace {

// The most that one instruction takes, so that the subtraction does not overflow. No memory has so
// many bytes, so that an instruction with more traps.
constexpr uint64_t kMost = uint64_t{1} << 62;

// The cost of entering a function.
constexpr uint64_t kEntryCost = 1;

}  // namespace

void FuelCounter::begin(bool isExact) {
  isExact_ = isExact;
  pending_ = kEntryCost;
  variable_ = entry_.CreateAlloca(entry_.getInt64Ty(), nullptr, "fuel");
  initial_ = abi_.inScope(entry_.CreateLoad(entry_.getInt64Ty(), address(entry_)), Scope::Fuel);
  entry_.CreateStore(initial_, variable_);
}

// The fuel is checked at once, before an instruction runs that may take long.
void FuelCounter::add(wasm::Cost cost, Value* operand) {
  if (!isCounting() || cost == wasm::Cost::Free) return;
  ++pending_;
  if (cost != wasm::Cost::PerUnit) return;
  settle();
  subtract(units(operand));
  if (isExact_) store(current(), true);
  check();
}

void FuelCounter::addGrowth(Value* operand, Value* result) {
  if (!isCounting()) return;
  Value* hasGrown = code_.CreateICmpNE(result, llvm::Constant::getAllOnesValue(result->getType()));
  subtract(code_.CreateSelect(hasGrown, units(operand), code_.getInt64(0)));
}

void FuelCounter::settle() {
  if (pending_ == 0) return;
  subtract(code_.getInt64(pending_));
  pending_ = 0;
  if (isExact_) store(current(), true);
}

void FuelCounter::check() {
  if (!isCounting()) return;
  addCheck(code_, current());
}

void FuelCounter::save() {
  if (!isCounting()) return;
  settle();
  store(current(), false);
}

void FuelCounter::saveForCall() {
  makesCalls_ = true;
  save();
}

void FuelCounter::saveForTrap() {
  if (!isCounting()) return;
  store(code_.CreateNSWSub(current(), code_.getInt64(pending_)), false);
}

void FuelCounter::reload() {
  if (!isCounting()) return;
  Value* fuel = abi_.inScope(code_.CreateLoad(code_.getInt64Ty(), address(code_)), Scope::Fuel);
  code_.CreateStore(fuel, variable_);
}

// The cost of the entry is subtracted later, so that a trap there takes nothing.
void FuelCounter::finish() {
  if (!isCounting() || !makesCalls_) return;
  entry_.SetCurrentDebugLocation(code_.getCurrentDebugLocation());
  addCheck(entry_, initial_);
}

Value* FuelCounter::current() { return code_.CreateLoad(code_.getInt64Ty(), variable_); }

Value* FuelCounter::address(llvm::IRBuilder<>& builder) {
  Value* state = abi_.loadInvariant(builder, builder.getPtrTy(), context_,
                                    offsetof(abi::ContextHeader, state));
  return AbiLowering::at(builder, state, offsetof(abi::ExecState, fuel));
}

Value* FuelCounter::units(Value* operand) {
  if (operand->getType()->isIntegerTy(32)) return code_.CreateZExt(operand, code_.getInt64Ty());
  return code_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, operand, code_.getInt64(kMost));
}

void FuelCounter::subtract(Value* cost) {
  code_.CreateStore(code_.CreateNSWSub(current(), cost), variable_);
}

void FuelCounter::store(Value* fuel, bool isVolatile) {
  abi_.inScope(code_.CreateStore(fuel, address(code_), isVolatile), Scope::Fuel);
}

void FuelCounter::addCheck(llvm::IRBuilder<>& builder, Value* fuel) {
  llvm::Module* module = builder.GetInsertBlock()->getModule();
  builder.CreateCall(declareFuelCheck(*module), {context_, fuel})
      ->addFnAttr(llvm::Attribute::NoMerge);
}

}  // namespace codegen
