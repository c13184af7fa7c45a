#include "compiler/codegen/passes/objects/lower_allocations.h"

#include <llvm/IR/InstIterator.h>
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

// The words of an object, from its start, of which the pass keeps account.
constexpr uint64_t kTrackedWords = 64;

uint64_t constantOf(Value* value) { return llvm::cast<llvm::ConstantInt>(value)->getZExtValue(); }

// The arguments of kNewObject or kNewArray.
struct Request {
  explicit Request(CallInst& call) : context(call.getArgOperand(0)), type(call.getArgOperand(1)) {
    if (isCallOf(call, kNewObject)) {
      size = call.getArgOperand(2);
      traced = constantOf(call.getArgOperand(3));
    } else {
      length = call.getArgOperand(2);
      size = call.getArgOperand(3);
      if (constantOf(call.getArgOperand(4)) != 0) fill = call.getArgOperand(5);
    }
  }

  Value* context;
  Value* type;
  Value* size;
  uint64_t traced = 0;      // the words that are references, of a struct or an exception
  Value* length = nullptr;  // of an array
  Value* fill = nullptr;    // of the elements of an array, if they are references
};

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

// What the block of an allocation stores to the object before a collection may happen.
class EarlyStores {
 public:
  explicit EarlyStores(const CallInst& object) {
    const llvm::DataLayout& layout = object.getDataLayout();
    for (const llvm::Instruction* next = object.getNextNode();
         next != nullptr && !mayCollect(*next); next = next->getNextNode()) {
      auto [address, bytes] = storedAt(*next, layout);
      if (address == nullptr) continue;
      llvm::APInt offset(layout.getPointerSizeInBits(), 0);
      if (address->stripAndAccumulateConstantOffsets(layout, offset, true) != &object) continue;
      add(offset.getZExtValue(), bytes);
    }
  }

  // Return whether the 4 bytes at `offset` in the header, or the whole word, are stored.
  bool hasHeader(uint64_t offset) const { return (header_ >> offset / sizeof(uint32_t) & 1) != 0; }
  bool hasWord(uint64_t word) const { return word < kTrackedWords && (words_ >> word & 1) != 0; }

 private:
  void add(uint64_t offset, uint64_t bytes) {
    for (uint64_t half = 0; half < 2; ++half) {
      uint64_t begin = half * sizeof(uint32_t);
      if (offset <= begin && begin + sizeof(uint32_t) <= offset + bytes) header_ |= 1 << half;
    }
    for (uint64_t word = (offset + 7) / 8; word < kTrackedWords && (word + 1) * 8 <= offset + bytes;
         ++word) {
      words_ |= uint64_t{1} << word;
    }
  }

  uint64_t words_ = 0;
  unsigned header_ = 0;
};

// Replaces one call.
class Expansion {
 public:
  explicit Expansion(CallInst& call)
      : call_(call),
        request_(call),
        stores_(call),
        abi_(call.getContext(), true),
        ir_(&call),
        null_(llvm::ConstantPointerNull::get(ir_.getPtrTy())) {}

  void run() {
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
    initialize(object);
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
    // No later pass would remove a comparison of constants.
    auto* known = llvm::dyn_cast<llvm::ConstantInt>(isSmall);
    return known != nullptr && known->isOne() ? isBelow : ir_.CreateLogicalAnd(isSmall, isBelow);
  }

  Value* allocateSlowly(Value* state, BasicBlock* after) {
    Value* length = request_.length != nullptr ? request_.length : ir_.getInt32(0);
    Value* allocated = abi_.callBuiltin(ir_, state, builtins::allocateObject,
                                        {request_.context, request_.type, length, request_.size});
    BasicBlock* trap = addBlock("trap", nullptr);
    ir_.CreateCondBr(ir_.CreateIsNull(allocated), trap, after,
                     llvm::MDBuilder(ir_.getContext()).createUnlikelyBranchWeights());
    ir_.SetInsertPoint(trap);
    abi_.createTrap(ir_, abi::TrapCode::AllocationFailure);
    return allocated;
  }

  // Stores what a collection would read and the block does not store in time.
  void initialize(Value* object) {
    if (!stores_.hasHeader(offsetof(abi::ObjectHeader, type))) {
      ir_.CreateStore(request_.type, object);
    }
    if (request_.length != nullptr) {
      initializeArray(object);
    } else {
      initializeFields(object);
    }
  }

  void initializeFields(Value* object) {
    for (uint64_t rest = request_.traced; rest != 0; rest &= rest - 1) {
      initializeWord(object, std::countr_zero(rest), null_);
    }
    uint64_t size = constantOf(request_.size);
    constexpr uint64_t kTracked = kTrackedWords * 8;
    if (size > kTracked) clear(object, kTracked, ir_.getInt64(size - kTracked));
  }

  void initializeArray(Value* object) {
    constexpr uint64_t kLength = offsetof(abi::ObjectHeader, length);
    if (!stores_.hasHeader(kLength)) {
      ir_.CreateStore(request_.length, AbiLowering::at(ir_, object, kLength));
    }
    if (request_.fill == nullptr) return;
    constexpr uint64_t kFirst = abi::kElements / 8;
    auto* known = llvm::dyn_cast<llvm::ConstantInt>(request_.length);
    if (known != nullptr && known->getZExtValue() <= kTrackedWords - kFirst) {
      uint64_t end = kFirst + known->getZExtValue();
      for (uint64_t word = kFirst; word < end; ++word) initializeWord(object, word, request_.fill);
    } else if (request_.fill == null_) {
      Value* length = ir_.CreateZExt(request_.length, ir_.getInt64Ty());
      clear(object, abi::kElements, ir_.CreateNUWMul(length, ir_.getInt64(8)));
    } else {
      fillByLoop(object);
    }
  }

  void initializeWord(Value* object, uint64_t word, Value* value) {
    if (!stores_.hasWord(word)) ir_.CreateStore(value, AbiLowering::at(ir_, object, word * 8));
  }

  void clear(Value* object, uint64_t offset, Value* bytes) {
    ir_.CreateMemSet(AbiLowering::at(ir_, object, offset), ir_.getInt8(0), bytes, llvm::Align(8));
  }

  void fillByLoop(Value* object) {
    Value* length = ir_.CreateZExt(request_.length, ir_.getInt64Ty());
    Value* first = AbiLowering::at(ir_, object, abi::kElements);
    BasicBlock* before = call_.getParent();
    BasicBlock* after = llvm::SplitBlock(before, &call_);
    BasicBlock* loop = addBlock("fill", after);
    before->getTerminator()->eraseFromParent();
    ir_.SetInsertPoint(before);
    ir_.CreateCondBr(ir_.CreateIsNull(length), after, loop);
    ir_.SetInsertPoint(loop);
    llvm::PHINode* index = ir_.CreatePHI(ir_.getInt64Ty(), 2);
    ir_.CreateStore(request_.fill, ir_.CreateInBoundsGEP(ir_.getPtrTy(), first, index));
    Value* next = ir_.CreateNUWAdd(index, ir_.getInt64(1));
    index->addIncoming(ir_.getInt64(0), before);
    index->addIncoming(next, loop);
    ir_.CreateCondBr(ir_.CreateICmpEQ(next, length), after, loop);
    ir_.SetInsertPoint(&call_);
  }

  CallInst& call_;
  Request request_;
  EarlyStores stores_;
  AbiLowering abi_;
  llvm::IRBuilder<> ir_;
  Value* null_;
};

}  // namespace

llvm::PreservedAnalyses LowerAllocations::run(llvm::Function& function,
                                              llvm::FunctionAnalysisManager&) {
  llvm::SmallVector<CallInst*> calls;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    if (isCallOf(instruction, kNewObject) || isCallOf(instruction, kNewArray)) {
      calls.push_back(llvm::cast<CallInst>(&instruction));
    }
  }
  for (CallInst* call : calls) Expansion(*call).run();
  return calls.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace codegen
