#include "compiler/codegen/passes/calls/tail_calls.h"

#include <llvm/CodeGen/Analysis.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>

#include "runtime/base/check.h"

namespace codegen {

using llvm::CallInst;

namespace {

// Functions of the runtime and intrinsics have the C calling convention.
bool callsWasm(const CallInst& call) {
  return call.getCallingConv() == llvm::CallingConv::Fast ||
         call.getCallingConv() == llvm::CallingConv::Tail;
}

}  // namespace

llvm::PreservedAnalyses MarkNoTail::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    auto* call = llvm::dyn_cast<CallInst>(&instruction);
    if (call != nullptr && callsWasm(*call) && !call->isMustTailCall()) {
      call->setTailCallKind(CallInst::TCK_NoTail);
    }
  }
  return llvm::PreservedAnalyses::all();
}

llvm::PreservedAnalyses ForceFramePointers::run(llvm::Function& function,
                                                llvm::FunctionAnalysisManager&) {
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    auto* call = llvm::dyn_cast<CallInst>(&instruction);
    if (call != nullptr && call->getCallingConv() == llvm::CallingConv::Tail &&
        !call->isMustTailCall()) {
      // The value "all" keeps the frame pointer in leaf functions as well as in others.
      function.addFnAttr("frame-pointer", "all");
      break;
    }
  }
  return llvm::PreservedAnalyses::all();
}

llvm::PreservedAnalyses LowerMustTail::run(llvm::Function& function,
                                           llvm::FunctionAnalysisManager&) {
  if (!machine_->getTargetTriple().isX86()) return llvm::PreservedAnalyses::all();
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    auto* call = llvm::dyn_cast<CallInst>(&instruction);
    if (call == nullptr || !call->isMustTailCall()) continue;
    CHECK(call->getCallingConv() == llvm::CallingConv::Tail &&
          function.getCallingConv() == llvm::CallingConv::Tail &&
          llvm::isInTailCallPosition(*call, *machine_));
    call->setTailCallKind(CallInst::TCK_Tail);
  }
  return llvm::PreservedAnalyses::all();
}

}  // namespace codegen
