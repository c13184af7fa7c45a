// Atomic instructions (threads proposal). All are sequentially consistent. An address that is not
// aligned to the access traps, unlike with other accesses.
//
// Atomic accesses to a memory that is not shared are translated alike. No thread can wait there,
// and none is notified.
#include "compiler/codegen/translate/builder/address.h"
#include "compiler/codegen/translate/builder/calls.h"
#include "compiler/codegen/translate/builder/memory_access.h"
#include "compiler/codegen/translate/builder/trap_sites.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

using llvm::AtomicOrdering;
using llvm::AtomicRMWInst;
using llvm::Value;

// Returns the type of the value in memory.
llvm::Type* accessType(FunctionBuilder& f, const Inst& inst) {
  return f.ir.getIntNTy(accessBytes(inst) * 8);
}

llvm::Align alignmentOf(const Inst& inst) { return llvm::Align(accessBytes(inst)); }

// Pops the index and returns the address. Adds a trap if the index plus the offset is not aligned,
// which is tested before the bounds.
Value* popAddress(FunctionBuilder& f, const Inst& inst) {
  Value* index = f.pop();
  if (accessBytes(inst) > 1) {
    llvm::Type* type = index->getType();
    auto constant = [&](uint64_t value) { return llvm::ConstantInt::get(type, value); };
    uint64_t mask = accessBytes(inst) - 1;
    Value* low = f.ir.CreateAnd(f.ir.CreateAdd(index, constant(inst.bits & mask)), constant(mask));
    trapIf(f, f.ir.CreateIsNotNull(low), abi::TrapCode::UnalignedAtomic);
  }
  return addressOf(f, inst, index);
}

// Marks an access that faults if it is out of bounds, so that it is not removed.
template <class Access>
Access* guarded(FunctionBuilder& f, const Inst& inst, Access* access) {
  access->setVolatile(!isChecked(f, inst.index));
  return f.abi.inScope(access, Scope::Memory);
}

void pushResult(FunctionBuilder& f, const Inst& inst, Value* value) {
  f.push(f.ir.CreateZExt(value, f.resultType(inst)));
}

void readModifyWrite(FunctionBuilder& f, const Inst& inst, AtomicRMWInst::BinOp operation) {
  Value* operand = f.ir.CreateTrunc(f.pop(), accessType(f, inst));
  Value* address = popAddress(f, inst);
  AtomicRMWInst* access = f.ir.CreateAtomicRMW(operation, address, operand, alignmentOf(inst),
                                               AtomicOrdering::SequentiallyConsistent);
  pushResult(f, inst, guarded(f, inst, access));
}

// Adds a load without a use, which traps if the address is out of bounds.
void touch(FunctionBuilder& f, const Inst& inst, Value* address) {
  llvm::LoadInst* load =
      f.ir.CreateAlignedLoad(accessType(f, inst), address, alignmentOf(inst), true);
  f.abi.inScope(load, Scope::Memory);
}

}  // namespace

void atomicLoad(FunctionBuilder& f, const Inst& inst) {
  Value* address = popAddress(f, inst);
  llvm::LoadInst* load = f.ir.CreateAlignedLoad(accessType(f, inst), address, alignmentOf(inst));
  load->setAtomic(AtomicOrdering::SequentiallyConsistent);
  pushResult(f, inst, guarded(f, inst, load));
}

void atomicStore(FunctionBuilder& f, const Inst& inst) {
  Value* value = f.ir.CreateTrunc(f.pop(), accessType(f, inst));
  Value* address = popAddress(f, inst);
  llvm::StoreInst* store = f.ir.CreateAlignedStore(value, address, alignmentOf(inst));
  store->setAtomic(AtomicOrdering::SequentiallyConsistent);
  guarded(f, inst, store);
}

void atomicAdd(FunctionBuilder& f, const Inst& inst) {
  readModifyWrite(f, inst, AtomicRMWInst::Add);
}
void atomicSub(FunctionBuilder& f, const Inst& inst) {
  readModifyWrite(f, inst, AtomicRMWInst::Sub);
}
void atomicAnd(FunctionBuilder& f, const Inst& inst) {
  readModifyWrite(f, inst, AtomicRMWInst::And);
}
void atomicOr(FunctionBuilder& f, const Inst& inst) { readModifyWrite(f, inst, AtomicRMWInst::Or); }
void atomicXor(FunctionBuilder& f, const Inst& inst) {
  readModifyWrite(f, inst, AtomicRMWInst::Xor);
}
void atomicExchange(FunctionBuilder& f, const Inst& inst) {
  readModifyWrite(f, inst, AtomicRMWInst::Xchg);
}

// Expected value and replacement are wrapped to the size of the access.
void atomicCompareExchange(FunctionBuilder& f, const Inst& inst) {
  llvm::Type* type = accessType(f, inst);
  Value* replacement = f.ir.CreateTrunc(f.pop(), type);
  Value* expected = f.ir.CreateTrunc(f.pop(), type);
  Value* address = popAddress(f, inst);
  llvm::AtomicCmpXchgInst* access = f.ir.CreateAtomicCmpXchg(
      address, expected, replacement, alignmentOf(inst), AtomicOrdering::SequentiallyConsistent,
      AtomicOrdering::SequentiallyConsistent);
  pushResult(f, inst, f.ir.CreateExtractValue(guarded(f, inst, access), 0));
}

void atomicFence(FunctionBuilder& f, const Inst&) {
  f.ir.CreateFence(AtomicOrdering::SequentiallyConsistent);
}

void atomicNotify(FunctionBuilder& f, const Inst& inst) {
  Value* count = f.pop();
  Value* address = popAddress(f, inst);
  touch(f, inst, address);
  f.push(isShared(f, inst.index) ? callBuiltin(f, builtins::notify, {address, count})
                                 : f.ir.getInt32(0));
}

void atomicWait(FunctionBuilder& f, const Inst& inst) {
  Value* timeout = f.pop();
  Value* expected = f.pop();
  Value* address = popAddress(f, inst);
  touch(f, inst, address);
  if (!isShared(f, inst.index)) {
    trapNow(f, abi::TrapCode::ExpectedSharedMemory);
    startBlock(f, newBlock(f, ""));
    f.push(f.ir.getInt32(0));
    return;
  }
  const Builtin& wait = accessBytes(inst) == sizeof(uint32_t) ? builtins::wait32 : builtins::wait64;
  Value* result = callBuiltin(f, wait, {address, expected, timeout});
  trapIf(f, f.ir.CreateICmpEQ(result, f.ir.getInt32(abi::kWaitEnded)), abi::TrapCode::Host);
  f.push(result);
}

}  // namespace codegen::emit
