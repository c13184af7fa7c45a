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
#include <llvm/Transforms/Scalar/SimplifyCFG.h>
#include <llvm/Transforms/Utils/LoopSimplify.h>

#include "compiler/codegen/passes/addressing/gs_relative_addressing.h"
#include "compiler/codegen/passes/addressing/iv_widening.h"
#include "compiler/codegen/passes/addressing/peeled_iv_starts.h"
#include "compiler/codegen/passes/addressing/pointer_disambiguation.h"
#include "compiler/codegen/passes/addressing/xor_to_sub.h"
#include "compiler/codegen/passes/addressing/zext_placement.h"
#include "compiler/codegen/passes/calls/inline_budget.h"
#include "compiler/codegen/passes/calls/tail_calls.h"
#include "compiler/codegen/passes/loops/early_exit_vectorize.h"
#include "compiler/codegen/passes/loops/licm_loop_versioning.h"
#include "compiler/codegen/passes/loops/loop_reroll.h"
#include "compiler/codegen/passes/loops/no_vectorize_reversals.h"
#include "compiler/codegen/passes/loops/ring_buffer_prefetch.h"
#include "compiler/codegen/passes/pass.h"
#include "compiler/codegen/passes/scalar/expand_large_division.h"
#include "compiler/codegen/passes/scalar/indirectbr_dispatch.h"
#include "compiler/codegen/passes/scalar/minmax_to_branch.h"
#include "compiler/codegen/passes/scalar/mul_high_idiom.h"
#include "compiler/codegen/passes/scalar/scalarize_vectors.h"
#include "compiler/codegen/passes/traps/devolatilize_loads.h"
#include "compiler/codegen/passes/traps/fake_uses.h"
#include "compiler/codegen/passes/traps/hoist_bounds_probes.h"
#include "compiler/codegen/passes/traps/prevent_load_narrowing.h"
#include "compiler/codegen/passes/traps/trap_safe_licm.h"
#include "compiler/codegen/passes/traps/verify_accesses.h"
#include "compiler/codegen/target/library_functions.h"

namespace codegen {

using llvm::FunctionPassManager;

static_assert(LLVM_VERSION_MAJOR == 22,
              "docs/traps.md says what was read in LLVM 22's passes; read it in this version's");

namespace {

// Half of LLVM's. The compiler that made the module has inlined before.
constexpr int kInlinerThreshold = 100;

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

// Puts our passes where LLVM's pipeline has room for them.
class Pipeline {
 public:
  Pipeline(llvm::TargetMachine& machine, const Options& options)
      : machine_(machine),
        options_(options),
        builder_(&machine, tuning(options.optLevel), std::nullopt, &callbacks_) {
    leaveOutPasses();
    builder_.registerPeepholeEPCallback(
        [](FunctionPassManager& passes, llvm::OptimizationLevel) { passes.addPass(MarkNoTail()); });
    if (options.optLevel == OptLevel::O0) return;
    if (isEnabled(Pass::MulHighIdiom)) {
      builder_.registerPeepholeEPCallback([](FunctionPassManager& passes, llvm::OptimizationLevel) {
        passes.addPass(MulHighIdiom());
      });
    }
    if (isForSpeed()) {
      // A state machine goes straight to the code of its next state where that is a constant, as
      // by LLVM's default it does not: CoreMark takes 0.94 of native instead of 1.07.
      builder_.registerScalarOptimizerLateEPCallback(
          [](FunctionPassManager& passes, llvm::OptimizationLevel) {
            passes.addPass(llvm::DFAJumpThreadingPass());
          });
    }
    builder_.registerPipelineEarlySimplificationEPCallback(
        [this](llvm::ModulePassManager& passes, llvm::OptimizationLevel, llvm::ThinOrFullLTOPhase) {
          FunctionPassManager early;
          beforeInlining(early);
          passes.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(early)));
        });
    builder_.registerVectorizerStartEPCallback(
        [this](FunctionPassManager& passes, llvm::OptimizationLevel) {
          beforeVectorizing(passes);
        });
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
  // LoopLoadElimination takes what a loop stores for what it loads in the next iteration, and does
  // not see a store in between that overlaps only a part of the place. In C such stores are rare.
  // DSE removes stores that are overwritten, also where a trap in between lets the host see them.
  void leaveOutPasses() {
    callbacks_.registerShouldRunOptionalPassCallback([](llvm::StringRef pass, const llvm::Any&) {
      return pass != "LoopLoadEliminationPass" && pass != "DSEPass";
    });
  }

  static llvm::PipelineTuningOptions tuning(OptLevel level) {
    llvm::PipelineTuningOptions tuning;
    tuning.LoopVectorization = level == OptLevel::O2 || level == OptLevel::O3;
    tuning.SLPVectorization = tuning.LoopVectorization;
    if (level == OptLevel::O2) tuning.InlinerThreshold = kInlinerThreshold;
    // The compiler that made the module has unrolled as well.
    tuning.LoopUnrolling = false;
    tuning.LoopInterleaving = level == OptLevel::O3;
    tuning.LicmMssaNoAccForPromotionCap = TrapSafeLicm::withoutStores().MssaNoAccForPromotionCap;
    return tuning;
  }

  llvm::ModulePassManager build() {
    llvm::OptimizationLevel level = passLevel(options_.optLevel);
    llvm::ModulePassManager passes = options_.optLevel == OptLevel::O0
                                         ? builder_.buildO0DefaultPipeline(level)
                                         : builder_.buildPerModuleDefaultPipeline(level);
    FunctionPassManager last;
    beforeCodeEmission(last);
    passes.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(last)));
    return passes;
  }

  bool isForSpeed() const {
    return options_.optLevel == OptLevel::O2 || options_.optLevel == OptLevel::O3;
  }

  bool isEnabled(Pass pass) const { return !options_.disabledPasses.contains(pass); }

  // Whether loads may be merged, moved and made into vectors.
  bool canReleaseLoads() const { return !options_.exactTraps; }

  // LLVM widens induction variables soon after inlining, in ways that lose the trip counts.
  void beforeInlining(FunctionPassManager& passes) {
    if (isEnabled(Pass::PeeledIvStarts)) passes.addPass(PeeledIvStarts());
    if (isEnabled(Pass::XorToSub)) passes.addPass(XorToSub());
    if (!isEnabled(Pass::IvWidening)) return;
    passes.addPass(llvm::LoopSimplifyPass());
    passes.addPass(IvWidening());
  }

  void beforeVectorizing(FunctionPassManager& passes) {
    if (isEnabled(Pass::ScalarizeVectors)) passes.addPass(ScalarizeVectors());
    if (isEnabled(Pass::IvWidening)) {
      // Inlining has left new addresses. Those that are equal must look so before loads are merged.
      passes.addPass(llvm::LoopSimplifyPass());
      passes.addPass(IvWidening());
    }
    rotateLoops(passes);
    if (canReleaseLoads() && isEnabled(Pass::InsertFakeUses)) {
      passes.addPass(InsertFakeUses());
      reuseLoads(passes);
      passes.addPass(RemoveFakeUses());
    }
    // What follows wants loops simplified, and leaves those alone that SimplifyCFG has undone.
    passes.addPass(llvm::LoopSimplifyPass());
    if (isEnabled(Pass::NoVectorizeReversals)) passes.addPass(NoVectorizeReversals());
    if (canReleaseLoads() && isEnabled(Pass::HoistBoundsProbes))
      passes.addPass(HoistBoundsProbes());
    if (canReleaseLoads() && isEnabled(Pass::DevolatilizeLoads)) {
      passes.addPass(DevolatilizeLoads());
    }
    if (isForSpeed() && isEnabled(Pass::EarlyExitVectorize)) passes.addPass(EarlyExitVectorize());
    if (isEnabled(Pass::PointerDisambiguation)) passes.addPass(PointerDisambiguation());
    if (isEnabled(Pass::LicmLoopVersioning)) {
      passes.addPass(LicmLoopVersioning());
      llvm::ExtraFunctionPassManager<HasVersionedLoops> versioned;
      reuseLoads(versioned);
      // Those that were separated are equal values, and may have been found to be.
      if (isEnabled(Pass::PointerDisambiguation)) versioned.addPass(PointerDisambiguation());
      passes.addPass(std::move(versioned));
    }
    if (isEnabled(Pass::LoopReroll)) passes.addPass(LoopReroll());
  }

  // GVN would take a quarter of what all this takes, and changed one of the suite's kernels.
  template <typename PassManager>
  static void reuseLoads(PassManager& passes) {
    passes.addPass(llvm::EarlyCSEPass(/*UseMemorySSA=*/true));
    passes.addPass(llvm::createFunctionToLoopPassAdaptor(TrapSafeLicm(),
                                                         /*UseMemorySSA=*/true));
  }

  static void rotateLoops(FunctionPassManager& passes) {
    llvm::LoopPassManager loops;
    loops.addPass(llvm::LoopRotatePass());
    passes.addPass(llvm::createFunctionToLoopPassAdaptor(std::move(loops)));
  }

  void beforeCodeEmission(FunctionPassManager& passes) {
    passes.addPass(ExpandLargeDivision());
    if (isForSpeed() && isEnabled(Pass::MinMaxToBranch)) passes.addPass(MinMaxToBranch());
    if (isForSpeed() && options_.bounds == Bounds::Guard && isEnabled(Pass::RingBufferPrefetch)) {
      passes.addPass(RingBufferPrefetch());
    }
    if (isForSpeed() && isEnabled(Pass::IndirectbrDispatch)) passes.addPass(IndirectbrDispatch());
    if (isForSpeed() && isEnabled(Pass::ZextPlacement)) passes.addPass(ZextPlacement());
    passes.addPass(MarkNoTail());
    passes.addPass(ForceFramePointers());
    passes.addPass(LowerMustTail(machine_));
    passes.addPass(PreventLoadNarrowing(machine_));
    if (options_.verifyIr) passes.addPass(VerifyAccesses());
    if (isEnabled(Pass::GsRelativeAddressing)) passes.addPass(GsRelativeAddressing());
  }

  llvm::TargetMachine& machine_;
  const Options& options_;
  llvm::PassInstrumentationCallbacks callbacks_;
  llvm::PassBuilder builder_;
};

}  // namespace

void optimize(llvm::Module& module, llvm::TargetMachine& machine, const Options& options) {
  Pipeline(machine, options).run(module);
}

}  // namespace codegen
