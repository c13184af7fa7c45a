// Marks of accesses, in code that is checked (Options::verifyIr).
//
// A mark says that the program accesses memory here, as an effect that LLVM keeps:
// `llvm.var.annotation(address, ..., bytes, ...)`, whose line is the instruction's offset in the
// module. It goes where the code around it goes, and is gone where that is unreachable, whatever
// becomes of the access itself. What releases an access moves its mark to the access that traps
// instead. VerifyAccesses reads the marks and removes them.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicInst.h>

#include <optional>

namespace codegen {

struct AccessMark {
  llvm::IntrinsicInst* call;
  llvm::Value* address;
  uint32_t bytes;  // at least
};

inline void createAccessMark(llvm::IRBuilder<>& builder, llvm::Value* address, uint32_t bytes) {
  auto* none = llvm::ConstantPointerNull::get(builder.getPtrTy());
  builder.CreateIntrinsic(llvm::Intrinsic::var_annotation, {builder.getPtrTy(), builder.getPtrTy()},
                          {address, none, none, builder.getInt32(bytes), none});
}

// `instruction`, if it is a mark.
inline std::optional<AccessMark> asAccessMark(llvm::Instruction& instruction) {
  auto* call = llvm::dyn_cast<llvm::IntrinsicInst>(&instruction);
  if (call == nullptr || call->getIntrinsicID() != llvm::Intrinsic::var_annotation) {
    return std::nullopt;
  }
  // Marks of unequal accesses may have been merged.
  auto* bytes = llvm::dyn_cast<llvm::ConstantInt>(call->getArgOperand(3));
  return AccessMark{call, call->getArgOperand(0),
                    bytes == nullptr ? 1 : static_cast<uint32_t>(bytes->getZExtValue())};
}

}  // namespace codegen
