#include "compiler/codegen/passes/scalar/slp_with_avx2_costs.h"

#include <llvm/Analysis/AliasAnalysis.h>
#include <llvm/Analysis/AssumptionCache.h>
#include <llvm/Analysis/DemandedBits.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/OptimizationRemarkEmitter.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Module.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/Transforms/Vectorize/SLPVectorizer.h>

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

bool SlpWithAvx2Costs::isNeededFor(const llvm::TargetMachine& machine) {
  return machine.getTargetTriple().isX86() &&
         machine.getMCSubtargetInfo()->checkFeatures("+avx512f");
}

llvm::PreservedAnalyses SlpWithAvx2Costs::run(llvm::Function& function,
                                              llvm::FunctionAnalysisManager& analyses) {
  llvm::Function* model = declareForAvx2(function);
  llvm::TargetTransformInfo costs = machine_->getTargetTransformInfo(*model);
  bool isChanged = llvm::SLPVectorizerPass().runImpl(
      function, &analyses.getResult<llvm::ScalarEvolutionAnalysis>(function), &costs,
      &analyses.getResult<llvm::TargetLibraryAnalysis>(function),
      &analyses.getResult<llvm::AAManager>(function),
      &analyses.getResult<llvm::LoopAnalysis>(function),
      &analyses.getResult<llvm::DominatorTreeAnalysis>(function),
      &analyses.getResult<llvm::AssumptionAnalysis>(function),
      &analyses.getResult<llvm::DemandedBitsAnalysis>(function),
      &analyses.getResult<llvm::OptimizationRemarkEmitterAnalysis>(function));
  model->eraseFromParent();
  if (!isChanged) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
