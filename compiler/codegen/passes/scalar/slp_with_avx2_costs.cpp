#include "compiler/codegen/passes/scalar/slp_with_avx2_costs.h"

#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/Module.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Transforms/Vectorize/SLPVectorizer.h>

#include "compiler/codegen/target/library_functions.h"

namespace codegen {
namespace {

// A declaration in the module of `function` that is compiled for the same CPU without AVX-512. The
// cost model of a function follows from its attributes.
llvm::Function* declareForAvx2(llvm::Function& function) {
  auto* model = llvm::Function::Create(function.getFunctionType(), llvm::Function::PrivateLinkage,
                                       "", function.getParent());
  std::string features = function.getFnAttribute("target-features").getValueAsString().str();
  model->addFnAttr(function.getFnAttribute("target-cpu"));
  model->addFnAttr("target-features", features.empty() ? "-avx512f" : features + ",-avx512f");
  return model;
}

}  // namespace

struct SlpWithAvx2Costs::Analyses {
  explicit Analyses(llvm::TargetMachine& machine) : builder(&machine) {
    functions.registerPass([&] {
      return llvm::TargetIRAnalysis(
          [&](const llvm::Function&) { return machine.getTargetTransformInfo(*model); });
    });
    functions.registerPass(
        [&] { return llvm::TargetLibraryAnalysis(noLibraryFunctions(machine.getTargetTriple())); });
    builder.registerModuleAnalyses(modules);
    builder.registerCGSCCAnalyses(callGraph);
    builder.registerFunctionAnalyses(functions);
    builder.registerLoopAnalyses(loops);
    builder.crossRegisterProxies(loops, functions, callGraph, modules);
  }

  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager callGraph;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder;
  llvm::Function* model = nullptr;  // of the function that is vectorized
};

SlpWithAvx2Costs::SlpWithAvx2Costs(llvm::TargetMachine& machine)
    : analyses_(std::make_unique<Analyses>(machine)) {}
SlpWithAvx2Costs::SlpWithAvx2Costs(SlpWithAvx2Costs&&) noexcept = default;
SlpWithAvx2Costs::~SlpWithAvx2Costs() = default;

bool SlpWithAvx2Costs::isNeededFor(const llvm::TargetMachine& machine) {
  return machine.getTargetTriple().isX86() &&
         machine.getMCSubtargetInfo()->checkFeatures("+avx512f");
}

llvm::PreservedAnalyses SlpWithAvx2Costs::run(llvm::Function& function,
                                              llvm::FunctionAnalysisManager&) {
  analyses_->model = declareForAvx2(function);
  llvm::PreservedAnalyses preserved = llvm::SLPVectorizerPass().run(function, analyses_->functions);
  analyses_->functions.clear();
  analyses_->model->eraseFromParent();
  return preserved;
}

}  // namespace codegen
