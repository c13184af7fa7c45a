#include "compiler/codegen/passes/pipeline.h"

#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Config/llvm-config.h>
#include <llvm/IR/PassInstrumentation.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/DFAJumpThreading.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/LoopDeletion.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include <llvm/Transforms/Scalar/LoopRotation.h>
#include <llvm/Transforms/Scalar/SROA.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>
#include <llvm/Transforms/Utils/LoopSimplify.h>
#include <llvm/Transforms/Vectorize/VectorCombine.h>

#include "compiler/codegen/passes/all_passes.h"
#include "compiler/codegen/passes/calls/inline_budget.h"
#include "compiler/codegen/passes/pass.h"
#include "compiler/codegen/passes/pass_timer.h"
#include "compiler/codegen/target/library_functions.h"

namespace codegen {

using llvm::FunctionPassManager;

static_assert(LLVM_VERSION_MAJOR == 22,
              "docs/traps.md says what was read in LLVM 22's passes; read it in this version's");

namespace {

// Half of LLVM's. The compiler that made the module has inlined before.
constexpr int kInlinerThreshold = 100;
// Counting adds about as much to the code of small functions.
constexpr int kInlinerThresholdWithFuel = 140;

llvm::OptimizationLevel passLevel(OptLevel level) {
  switch (level) {
    case OptLevel::O3:
      return llvm::OptimizationLevel::O3;
    case OptLevel::Os:
      return llvm::OptimizationLevel::Os;
    default:
      break;
  }
  return llvm::OptimizationLevel::O2;
}

// Where in LLVM's pipeline rows of passes.def run.
enum class Stage : uint8_t { Peephole, Early, ScalarLate, Vectorize, VectorizeEnd, Emission };

// LLVM's pipeline with the rows of passes.def in it.
class Pipeline {
 public:
  Pipeline(llvm::TargetMachine& machine, const Options& options, const base::TimeCallback& passTime)
      : machine_(machine),
        options_(options),
        timer_(passTime),
        builder_(&machine, tuning(), std::nullopt, &callbacks_) {
    leaveOutPasses();
    if (passTime) timer_.observe(callbacks_);
    if (hasAllStages()) registerStages();
  }

  void run(llvm::Module& module) {
    llvm::LoopAnalysisManager loops;
    llvm::FunctionAnalysisManager functions;
    llvm::CGSCCAnalysisManager callGraph;
    llvm::ModuleAnalysisManager modules;
    functions.registerPass([&] {
      return llvm::TargetLibraryAnalysis(noLibraryFunctions(machine_.getTargetTriple()));
    });
    functions.registerPass([] { return HasVersionedLoops(); });
    modules.registerPass([] { return inlineBudget(); });
    builder_.registerModuleAnalyses(modules);
    builder_.registerCGSCCAnalyses(callGraph);
    builder_.registerFunctionAnalyses(functions);
    builder_.registerLoopAnalyses(loops);
    builder_.crossRegisterProxies(loops, functions, callGraph, modules);
    build().run(module, modules);
  }

 private:
  // Leaves out two passes of LLVM that are wrong for our code. LoopLoadElimination forwards a value
  // that a loop stores to the load of the next iteration, and misses a store between the two that
  // overlaps a part of the place; such stores are rare in C. DSE removes stores that are
  // overwritten later, also where a trap in between lets the host see them.
  void leaveOutPasses() {
    callbacks_.registerShouldRunOptionalPassCallback([](llvm::StringRef pass, const llvm::Any&) {
      return pass != "LoopLoadEliminationPass" && pass != "DSEPass";
    });
  }

  llvm::PipelineTuningOptions tuning() const {
    llvm::PipelineTuningOptions tuning;
    tuning.LoopVectorization = isForSpeed();
    tuning.SLPVectorization = isForSpeed() && !needsAvx2Costs();
    if (options_.optLevel == OptLevel::O2) {
      tuning.InlinerThreshold = options_.countsFuel ? kInlinerThresholdWithFuel : kInlinerThreshold;
    }
    // The compiler that made the module has unrolled loops before.
    tuning.LoopUnrolling = false;
    tuning.LoopInterleaving = options_.optLevel == OptLevel::O3;
    tuning.LicmMssaNoAccForPromotionCap = TrapSafeLicm::withoutStores().MssaNoAccForPromotionCap;
    return tuning;
  }

  void registerStages() {
    auto adder = [this](Stage stage) {
      return [this, stage](FunctionPassManager& passes, llvm::OptimizationLevel) {
        add(stage, passes);
      };
    };
    builder_.registerPeepholeEPCallback(adder(Stage::Peephole));
    builder_.registerScalarOptimizerLateEPCallback(adder(Stage::ScalarLate));
    builder_.registerVectorizerStartEPCallback(adder(Stage::Vectorize));
    builder_.registerVectorizerEndEPCallback(adder(Stage::VectorizeEnd));
    builder_.registerPipelineEarlySimplificationEPCallback(
        [this](llvm::ModulePassManager& passes, llvm::OptimizationLevel, llvm::ThinOrFullLTOPhase) {
          addToModule(Stage::Early, passes);
        });
  }

  llvm::ModulePassManager build() {
    llvm::ModulePassManager passes =
        hasAllStages() ? builder_.buildPerModuleDefaultPipeline(passLevel(options_.optLevel))
                       : builder_.buildO0DefaultPipeline(llvm::OptimizationLevel::O0);
    if (options_.optLevel == OptLevel::O1) addCleanUp(passes);
    addToModule(Stage::Emission, passes);
    return passes;
  }

  // The passes of -O1: what pays most for the time that it takes. The compiler that made the module
  // has done the rest.
  void addCleanUp(llvm::ModulePassManager& passes) {
    FunctionPassManager functionPasses;
    functionPasses.addPass(llvm::SROAPass(llvm::SROAOptions::ModifyCFG));
    functionPasses.addPass(llvm::EarlyCSEPass());
    functionPasses.addPass(llvm::SimplifyCFGPass());
    functionPasses.addPass(llvm::InstCombinePass());
    add(Stage::Peephole, functionPasses);
    functionPasses.addPass(llvm::SimplifyCFGPass());
    passes.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(functionPasses)));
  }

  void addToModule(Stage stage, llvm::ModulePassManager& passes) {
    FunctionPassManager functionPasses;
    add(stage, functionPasses);
    passes.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(functionPasses)));
  }

  // Adds the rows of `stage`, in their order.
  void add(Stage stage, FunctionPassManager& passes) {
    llvm::TargetMachine& machine = machine_;
#define PASS(at, id, name, kind, when, construction) \
  if (stage == Stage::at && isEnabled(Pass::id) && (when)) passes.addPass(construction);
#define STEP(at, when, construction) \
  if (stage == Stage::at && (when)) passes.addPass(construction);
#include "compiler/codegen/passes/passes.def"
#undef PASS
#undef STEP
  }

  // The conditions of passes.def.
  static bool always() { return true; }
  bool isOptimizing() const { return options_.optLevel != OptLevel::O0; }
  // Whether the code goes through LLVM's whole pipeline.
  bool hasAllStages() const { return isForSpeed() || options_.optLevel == OptLevel::Os; }
  bool isForSpeed() const {
    return options_.optLevel == OptLevel::O2 || options_.optLevel == OptLevel::O3;
  }
  bool isEnabled(Pass pass) const { return !options_.disabledPasses.contains(pass); }
  // Whether loads may be merged, moved and made into vectors.
  bool mayReleaseLoads() const { return !options_.exactTraps; }
  // Whether SlpWithAvx2Costs runs instead of LLVM's SLPVectorizer.
  bool needsAvx2Costs() const {
    return isForSpeed() && isEnabled(Pass::SlpWithAvx2Costs) &&
           SlpWithAvx2Costs::isNeededFor(machine_);
  }
  bool countsFuel() const { return options_.countsFuel; }
  bool verifiesAccesses() const { return options_.verifyIr; }

  // Reuse of what was loaded before, as GVN would do it in several times the time.
  static llvm::EarlyCSEPass mergeLoads() { return llvm::EarlyCSEPass(/*UseMemorySSA=*/true); }
  static llvm::FunctionToLoopPassAdaptor hoistLoads() {
    return llvm::createFunctionToLoopPassAdaptor(TrapSafeLicm(), /*UseMemorySSA=*/true);
  }

  // What makes use of the ranges that LicmLoopVersioning has compared, in functions where it has.
  llvm::ExtraFunctionPassManager<HasVersionedLoops> optimizeVersionedLoops() const {
    llvm::ExtraFunctionPassManager<HasVersionedLoops> passes;
    passes.addPass(mergeLoads());
    passes.addPass(hoistLoads());
    // Pointers that were separated are equal values, and may have been merged.
    if (isEnabled(Pass::PointerDisambiguation)) passes.addPass(PointerDisambiguation());
    return passes;
  }

  llvm::TargetMachine& machine_;
  const Options& options_;
  PassTimer timer_;
  llvm::PassInstrumentationCallbacks callbacks_;
  llvm::PassBuilder builder_;
};

}  // namespace

void optimize(llvm::Module& module, llvm::TargetMachine& machine, const Options& options,
              const base::TimeCallback& passTime) {
  Pipeline(machine, options, passTime).run(module);
}

}  // namespace codegen
