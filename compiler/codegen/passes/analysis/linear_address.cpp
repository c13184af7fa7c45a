#include "compiler/codegen/passes/analysis/linear_address.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/DataLayout.h>

#include "compiler/codegen/abi/abi_lowering.h"
#include "compiler/codegen/passes/analysis/access_mark.h"

namespace codegen {

using llvm::dyn_cast;
using llvm::Value;

namespace {

// Returns the 32-bit value whose zero extension `pointer` adds to another pointer, or null.
Value* addedIndex(const llvm::GetElementPtrInst& pointer) {
  if (pointer.getNumIndices() != 1 || !pointer.getSourceElementType()->isIntegerTy(8)) {
    return nullptr;
  }
  auto* wide = dyn_cast<llvm::ZExtInst>(pointer.getOperand(1));
  return wide != nullptr && wide->getSrcTy()->isIntegerTy(32) ? wide->getOperand(0) : nullptr;
}

// Classifies the uses of an indexed pointer, through additions of constants.
class Uses {
 public:
  explicit Uses(IndexedPointer& indexed)
      : indexed_(indexed), layout_(indexed.pointer->getDataLayout()) {}

  // Adds the uses of `pointer`, which is `offset` bytes behind the indexed pointer. Marks do not
  // count as uses, so that verification does not change the code.
  void follow(llvm::Instruction* pointer, uint64_t offset) {
    for (llvm::User* user : pointer->users()) {
      if (asAccessMark(*llvm::cast<llvm::Instruction>(user))) continue;
      if (!isAccess(user, pointer, offset)) followOffset(user, pointer, offset);
    }
  }

 private:
  bool isAccess(llvm::User* user, Value* pointer, uint64_t offset) {
    auto* instruction = llvm::cast<llvm::Instruction>(user);
    if (llvm::getLoadStorePointerOperand(user) != pointer ||
        !AbiLowering::isInScope(*instruction, Scope::Memory)) {
      return false;
    }
    indexed_.accesses.push_back({instruction, offset});
    return true;
  }

  void followOffset(llvm::User* user, Value* pointer, uint64_t offset) {
    auto* derived = dyn_cast<llvm::GetElementPtrInst>(user);
    llvm::APInt sum(64, offset);
    bool isConstant = derived != nullptr && derived->getPointerOperand() == pointer &&
                      !derived->getType()->isVectorTy() &&
                      derived->accumulateConstantOffset(layout_, sum) && sum.isNonNegative();
    if (isConstant) {
      follow(derived, sum.getZExtValue());
    } else {
      indexed_.escapes = true;
    }
  }

  IndexedPointer& indexed_;
  const llvm::DataLayout& layout_;
};

}  // namespace

bool isMemoryBase(const Value* value) {
  auto* load = dyn_cast<llvm::LoadInst>(value);
  return load != nullptr && load->hasMetadata(llvm::LLVMContext::MD_invariant_load);
}

bool IndexedPointer::hasNoOffsets() const {
  return !escapes &&
         llvm::all_of(accesses, [](const LinearAccess& access) { return access.offset == 0; });
}

std::optional<IndexedPointer> matchIndexedPointer(llvm::GetElementPtrInst& pointer) {
  Value* index = addedIndex(pointer);
  if (index == nullptr) return std::nullopt;
  llvm::APInt offset(64, 0);
  const Value* base = pointer.getPointerOperand()->stripAndAccumulateConstantOffsets(
      pointer.getDataLayout(), offset, /*AllowNonInbounds=*/false);
  if (!isMemoryBase(base) || offset.isNegative()) return std::nullopt;
  IndexedPointer indexed{&pointer, index, {}, false};
  Uses(indexed).follow(&pointer, offset.getZExtValue());
  return indexed;
}

}  // namespace codegen
