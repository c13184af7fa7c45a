// Marks of memory accesses, for code that is verified (Options::verifyIr).
//
// A mark is a call of `llvm.var.annotation(address, ..., bytes, ...)` whose debug line is the byte
// offset of the instruction in the module. To LLVM it has a side effect, so a mark is kept as long
// as its block is reachable, even if the access itself is deleted, merged or moved. A pass that
// makes an access non-volatile because another access covers it may move the mark there.
// VerifyAccesses checks and removes the marks.
#pragma once

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicInst.h>

#include <optional>

namespace codegen {

// A mark, decoded.
struct AccessMark {
  llvm::IntrinsicInst* call;
  llvm::Value* address;
  uint32_t bytes;  // a lower bound of the size of the access
};

// Inserts a mark of an access of `bytes` bytes, with the debug location of `builder`.
inline void createAccessMark(llvm::IRBuilder<>& builder, llvm::Value* address, uint32_t bytes) {
  auto* none = llvm::ConstantPointerNull::get(builder.getPtrTy());
  builder.CreateIntrinsic(llvm::Intrinsic::var_annotation, {builder.getPtrTy(), builder.getPtrTy()},
                          {address, none, none, builder.getInt32(bytes), none});
}

// Returns `instruction` as a mark, or nothing if it is none.
inline std::optional<AccessMark> asAccessMark(llvm::Instruction& instruction) {
  auto* call = llvm::dyn_cast<llvm::IntrinsicInst>(&instruction);
  if (call == nullptr || call->getIntrinsicID() != llvm::Intrinsic::var_annotation) {
    return std::nullopt;
  }
  // If SimplifyCFG has merged marks of different sizes, the operand is no constant.
  auto* bytes = llvm::dyn_cast<llvm::ConstantInt>(call->getArgOperand(3));
  return AccessMark{call, call->getArgOperand(0),
                    bytes == nullptr ? 1 : static_cast<uint32_t>(bytes->getZExtValue())};
}

}  // namespace codegen
