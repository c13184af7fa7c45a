#include "compiler/codegen/passes/objects/lower_allocations.h"

#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/passes/analysis/runtime_calls.h"
#include "runtime/abi/object.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::CallInst;
using llvm::Value;

// The arguments of kNewObject.
struct Request {
  explicit Request(CallInst& call)
      : context(call.getArgOperand(0)),
        type(call.getArgOperand(1)),
        length(call.getArgOperand(2)),
        size(call.getArgOperand(3)),
        traced(llvm::cast<llvm::ConstantInt>(call.getArgOperand(4))->getZExtValue()) {}

  Value* context;
  Value* type;
  Value* length;
  Value* size;
  uint64_t traced;
};

// Returns whether a collection may happen in this instruction.
bool mayCollect(const llvm::Instruction& instruction) {
  if (!llvm::isa<llvm::CallBase>(instruction)) return false;
  return !llvm::isa<llvm::IntrinsicInst>(instruction) && !isCallOf(instruction, kStoreReference);
}

// Returns the address and the size of what the instruction stores, if that is simple.
std::pair<const Value*, uint64_t> storedAt(const llvm::Instruction& instruction,
                                           const llvm::DataLayout& layout) {
  if (auto* store = llvm::dyn_cast<llvm::StoreInst>(&instruction)) {
    return {store->getPointerOperand(),
            layout.getTypeStoreSize(store->getValueOperand()->getType()).getFixedValue()};
  }
  if (isCallOf(instruction, kStoreReference)) {
    return {llvm::cast<CallInst>(instruction).getArgOperand(1), sizeof(void*)};
  }
  return {nullptr, 0};
}

// Returns the words of the object, of the first 64, that its block stores to completely before a
// collection may happen. The bit of word 0 tells that the type word is stored.
uint64_t storedWords(const CallInst& object) {
  const llvm::DataLayout& layout = object.getDataLayout();
  uint64_t stored = 0;
  for (const llvm::Instruction* next = object.getNextNode(); next != nullptr;
       next = next->getNextNode()) {
    if (mayCollect(*next)) break;
    auto [address, bytes] = storedAt(*next, layout);
    if (address == nullptr) continue;
    llvm::APInt offset(layout.getPointerSizeInBits(), 0);
    if (address->stripAndAccumulateConstantOffsets(layout, offset, true) != &object) continue;
    if (offset == 0 && bytes >= sizeof(uint32_t)) stored |= 1;
    for (uint64_t word = (offset.getZExtValue() + 7) / 8;
         word < 64 && (word + 1) * 8 <= offset.getZExtValue() + bytes; ++word) {
      stored |= uint64_t{1} << word;
    }
  }
  return stored;
}

// Replaces one call.
class Expansion {
 public:
  explicit Expansion(CallInst& call)
      : call_(call), request_(call), abi_(call.getContext(), true), ir_(&call) {}

  void run() {
    uint64_t stored = storedWords(call_);
    BasicBlock* before = call_.getParent();
    BasicBlock* after = llvm::SplitBlock(before, &call_);
    before->getTerminator()->eraseFromParent();
    ir_.SetInsertPoint(before);
    ir_.SetCurrentDebugLocation(call_.getDebugLoc());
    Value* state = abi_.loadInvariant(ir_, ir_.getPtrTy(), request_.context,
                                      offsetof(abi::ContextHeader, state));
    BasicBlock* fast = addBlock("allocate", after);
    BasicBlock* slow = addBlock("allocate.slowly", nullptr);
    Value* cursor =
        ir_.CreateLoad(ir_.getPtrTy(), member(state, offsetof(abi::AllocationState, cursor)));
    Value* end = ir_.CreatePtrAdd(cursor, request_.size);
    ir_.CreateCondBr(fits(state, end), fast, slow,
                     llvm::MDBuilder(ir_.getContext()).createLikelyBranchWeights());

    ir_.SetInsertPoint(fast);
    ir_.CreateStore(end, member(state, offsetof(abi::AllocationState, cursor)));
    ir_.CreateBr(after);

    ir_.SetInsertPoint(slow);
    Value* allocated = allocateSlowly(state, after);

    ir_.SetInsertPoint(after, after->begin());
    llvm::PHINode* object = ir_.CreatePHI(ir_.getPtrTy(), 2);
    object->addIncoming(cursor, fast);
    object->addIncoming(allocated, slow);
    ir_.SetInsertPoint(&call_);
    initialize(object, stored);
    call_.replaceAllUsesWith(object);
    call_.eraseFromParent();
  }

 private:
  BasicBlock* addBlock(const char* name, BasicBlock* behind) {
    return BasicBlock::Create(ir_.getContext(), name, call_.getFunction(), behind);
  }

  Value* member(Value* state, uint64_t offset) {
    return AbiLowering::at(ir_, state, offsetof(abi::ExecState, allocation) + offset);
  }

  // The sum does not wrap if the size is that of a small object, which `end` may exceed otherwise.
  Value* fits(Value* state, Value* end) {
    Value* limit =
        ir_.CreateLoad(ir_.getPtrTy(), member(state, offsetof(abi::AllocationState, limit)));
    Value* isBelow = ir_.CreateICmpULE(end, limit);
    Value* isSmall = ir_.CreateICmpULE(request_.size, ir_.getInt64(abi::kMaxSmallObject));
    return ir_.CreateLogicalAnd(isSmall, isBelow);
  }

  Value* allocateSlowly(Value* state, BasicBlock* after) {
    Value* allocated =
        abi_.callBuiltin(ir_, state, builtins::allocateObject,
                         {request_.context, request_.type, request_.length, request_.size});
    BasicBlock* trap = addBlock("trap", nullptr);
    ir_.CreateCondBr(ir_.CreateIsNull(allocated), trap, after,
                     llvm::MDBuilder(ir_.getContext()).createUnlikelyBranchWeights());
    ir_.SetInsertPoint(trap);
    abi_.createTrap(ir_, abi::TrapCode::AllocationFailure);
    return allocated;
  }

  // Stores what a collection would read and the block does not store in time.
  void initialize(Value* object, uint64_t stored) {
    if ((stored & 1) == 0) ir_.CreateStore(request_.type, object);
    Value* null = llvm::ConstantPointerNull::get(ir_.getPtrTy());
    for (uint64_t rest = request_.traced & ~stored; rest != 0; rest &= rest - 1) {
      ir_.CreateStore(null, AbiLowering::at(ir_, object, std::countr_zero(rest) * 8));
    }
  }

  CallInst& call_;
  Request request_;
  AbiLowering abi_;
  llvm::IRBuilder<> ir_;
};

}  // namespace

llvm::PreservedAnalyses LowerAllocations::run(llvm::Function& function,
                                              llvm::FunctionAnalysisManager&) {
  llvm::SmallVector<CallInst*> calls;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    if (isCallOf(instruction, kNewObject)) calls.push_back(llvm::cast<CallInst>(&instruction));
  }
  for (CallInst* call : calls) Expansion(*call).run();
  return calls.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace codegen
