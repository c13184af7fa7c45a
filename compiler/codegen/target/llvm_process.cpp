#include "compiler/codegen/target/llvm_process.h"

#include <llvm/CodeGen/Passes.h>
#include <llvm/CodeGen/TargetPassConfig.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/RegisterTargetPassConfigCallback.h>

#include <mutex>

#include "compiler/codegen/target/stack_probes.h"
#include "runtime/base/check.h"

namespace codegen {
namespace {

void registerTargets() {
  LLVMInitializeX86TargetInfo();
  LLVMInitializeX86Target();
  LLVMInitializeX86TargetMC();
  LLVMInitializeX86AsmPrinter();
  LLVMInitializeX86AsmParser();
  LLVMInitializeAArch64TargetInfo();
  LLVMInitializeAArch64Target();
  LLVMInitializeAArch64TargetMC();
  LLVMInitializeAArch64AsmPrinter();
  LLVMInitializeAArch64AsmParser();
}

template <class T>
void setOption(llvm::StringRef name, T value) {
  const auto& options = llvm::cl::getRegisteredOptions();
  auto found = options.find(name);
  CHECK(found != options.end());
  static_cast<llvm::cl::opt<T>*>(found->second)->setInitialValue(value);
}

void setOptions() {
  setOption("vectorize-memory-check-threshold", kMaxRuntimeChecks);
  setOption("tail-dup-pred-size", kMaxTailDuplicationFan);
  setOption("tail-dup-succ-size", kMaxTailDuplicationFan);
  // x86's back end would make a jump around the access of a conditional move from memory, volatile
  // or not, and an access that must trap would be skipped.
  setOption("x86-cmov-converter-force-mem-operand", false);
}

// LiveDebugValues follows variables through each function that has line numbers. Our functions have
// no variables, which it finds out only at the end: that takes a quarter of the time of -O0, a
// twentieth of that of -O2, and more than its share where functions are large. The object file is
// the same without it.
void configureCodeEmission(llvm::TargetMachine&, llvm::legacy::PassManagerBase&,
                           llvm::TargetPassConfig* config) {
  config->disablePass(&llvm::LiveDebugValuesID);
  config->disablePass(&llvm::RemoveRedundantDebugValuesID);
  config->insertPass(&llvm::PrologEpilogCodeInserterID, new StackProbes);
}

}  // namespace

void initializeLlvm() {
  static std::once_flag once;
  std::call_once(once, [] {
    registerTargets();
    setOptions();
    // The object is in LLVM's list of callbacks until it is destroyed, which it never is.
    new llvm::RegisterTargetPassConfigCallback(configureCodeEmission);
  });
}

}  // namespace codegen
