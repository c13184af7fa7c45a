#include "compiler/codegen/optimize.h"

#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Passes/PassBuilder.h>

#include "compiler/codegen/tail_calls.h"
#include "compiler/codegen/whole_loads.h"

namespace codegen {
namespace {

llvm::OptimizationLevel passLevel(OptLevel level) {
  switch (level) {
    case OptLevel::O0:
      return llvm::OptimizationLevel::O0;
    case OptLevel::O1:
      return llvm::OptimizationLevel::O1;
    case OptLevel::O3:
      return llvm::OptimizationLevel::O3;
    case OptLevel::Os:
      return llvm::OptimizationLevel::Os;
    case OptLevel::O2:
      break;
  }
  return llvm::OptimizationLevel::O2;
}

// Only what libcalls.def can provide: LLVM knows many more C functions to turn loops into.
llvm::TargetLibraryInfoImpl availableFunctions(const llvm::Triple& triple) {
  llvm::TargetLibraryInfoImpl info(triple);
  info.disableAllFunctions();
#define LIBCALL(name) info.setAvailable(llvm::LibFunc_##name);
#include "runtime/abi/libcalls.def"
#undef LIBCALL
  return info;
}

}  // namespace

void optimize(llvm::Module& module, llvm::TargetMachine& machine, OptLevel level) {
  llvm::PipelineTuningOptions tuning;
  tuning.LoopVectorization = level == OptLevel::O2 || level == OptLevel::O3;
  tuning.SLPVectorization = tuning.LoopVectorization;
  llvm::PassBuilder builder(&machine, tuning);

  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager callGraph;
  llvm::ModuleAnalysisManager modules;
  functions.registerPass(
      [&] { return llvm::TargetLibraryAnalysis(availableFunctions(machine.getTargetTriple())); });
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(callGraph);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, callGraph, modules);

  builder.registerPeepholeEPCallback([](llvm::FunctionPassManager& passes,
                                        llvm::OptimizationLevel) { passes.addPass(KeepFrames()); });

  llvm::ModulePassManager passes = level == OptLevel::O0
                                       ? builder.buildO0DefaultPipeline(passLevel(level))
                                       : builder.buildPerModuleDefaultPipeline(passLevel(level));
  llvm::FunctionPassManager last;
  last.addPass(KeepFrames());
  last.addPass(KeepCallersFindable());
  last.addPass(LowerMustTail(machine));
  last.addPass(KeepLoadsWhole());
  passes.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(last)));
  passes.run(module, modules);
}

}  // namespace codegen
