#include "compiler/codegen/target/llvm_process.h"

#include <llvm/CodeGen/Passes.h>
#include <llvm/CodeGen/TargetPassConfig.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/RegisterTargetPassConfigCallback.h>

#include <mutex>

#include "compiler/codegen/target/personality_encoding.h"
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

// Sets the initial value of one of LLVM's options, without the command line. Fails if LLVM has no
// option of this name, since some of the values are needed for correct code. T must be the option's
// type.
template <class T>
void setOption(llvm::StringRef name, T value) {
  const auto& options = llvm::cl::getRegisteredOptions();
  auto found = options.find(name);
  CHECK(found != options.end());
  static_cast<llvm::cl::opt<T>*>(found->second)->setInitialValue(value);
}

// Above these sizes, in basic blocks and in instructions, two parts of code generation take more
// than linear time with LLVM's own limits. CodeGenPrepare starts again from the first block of a
// function whenever it has changed one; in a huge function it goes on with the changed blocks only,
// and finds less: a function of bzip2 with 1,044 blocks is 6 % slower. The schedulers' lists of
// memory accesses are searched for each access of a region.
constexpr unsigned kHugeFunction = 1500;
constexpr unsigned kHugeRegion = 100;

void setOptions() {
  setOption("vectorize-memory-check-threshold", kMaxRuntimeChecks);
  setOption("tail-dup-pred-size", kMaxTailDuplicationFan);
  setOption("tail-dup-succ-size", kMaxTailDuplicationFan);
  setOption("cgpp-huge-func", kHugeFunction);
  setOption("dag-maps-huge-region", kHugeRegion);
  // The x86 back end would turn a conditional move from memory into a branch around the load, even
  // if the load is volatile. An access that must trap would be skipped.
  setOption("x86-cmov-converter-force-mem-operand", false);
}

// LiveDebugValues tracks variables through each function that has line numbers. Translated
// functions have line numbers but no variables, which the pass finds out only at its end, after a
// large part of the time of -O0 and more than linear time for large functions. The object file is
// the same without it.
//
// At -O1, passes are left out that take more time than the code gains.
void configureCodeEmission(llvm::TargetMachine& machine, llvm::legacy::PassManagerBase&,
                           llvm::TargetPassConfig* config) {
  if (machine.getOptLevel() == llvm::CodeGenOptLevel::Less) {
    config->disablePass(&llvm::MachineSchedulerID);
    config->disablePass(&llvm::MachineCSELegacyID);
  }
  config->disablePass(&llvm::LiveDebugValuesID);
  config->disablePass(&llvm::RemoveRedundantDebugValuesID);
  config->insertPass(&llvm::PrologEpilogCodeInserterID, new StackProbes);
  config->insertPass(&llvm::PrologEpilogCodeInserterID, new PersonalityEncoding);
}

}  // namespace

void initializeLlvm() {
  static std::once_flag once;
  std::call_once(once, [] {
    registerTargets();
    setOptions();
    // LLVM has a list of these objects, in which they stay until they are destroyed. It is needed
    // until the process ends, so it is never deleted.
    new llvm::RegisterTargetPassConfigCallback(configureCodeEmission);
  });
}

}  // namespace codegen
