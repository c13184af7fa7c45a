// run_passes PASSES FILE [TRIPLE [CPU]]: LLVM IR through LLVM's passes and ours, as `opt` would.
//
// PASSES is a pipeline in opt's notation that may also name the rows of passes.def. The result is
// verified and printed.
#include <llvm/IR/Verifier.h>
#include <llvm/IRReader/IRReader.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/codegen/passes/addressing/gs_relative_addressing.h"
#include "compiler/codegen/passes/addressing/iv_widening.h"
#include "compiler/codegen/passes/addressing/peeled_iv_starts.h"
#include "compiler/codegen/passes/addressing/pointer_disambiguation.h"
#include "compiler/codegen/passes/addressing/xor_to_sub.h"
#include "compiler/codegen/passes/addressing/zext_placement.h"
#include "compiler/codegen/passes/calls/tail_calls.h"
#include "compiler/codegen/passes/loops/early_exit_vectorize.h"
#include "compiler/codegen/passes/loops/licm_loop_versioning.h"
#include "compiler/codegen/passes/loops/loop_reroll.h"
#include "compiler/codegen/passes/loops/no_vectorize_reversals.h"
#include "compiler/codegen/passes/loops/ring_buffer_prefetch.h"
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
#include "compiler/codegen/target/target.h"

namespace codegen {
namespace {

int fail(const llvm::Twine& message) {
  llvm::errs() << "run_passes: " << message << "\n";
  return 1;
}

void registerOurPasses(llvm::PassBuilder& builder, llvm::TargetMachine& machine) {
  builder.registerPipelineParsingCallback(
      [&machine](llvm::StringRef word, llvm::FunctionPassManager& passes,
                 llvm::ArrayRef<llvm::PassBuilder::PipelineElement>) {
#define PASS(id, name, kind, construction) \
  if (word == name) return passes.addPass(construction), true;
#include "compiler/codegen/passes/passes.def"
#undef PASS
        return false;
      });
  builder.registerPipelineParsingCallback([](llvm::StringRef word, llvm::LoopPassManager& passes,
                                             llvm::ArrayRef<llvm::PassBuilder::PipelineElement>) {
    if (word != "trap-safe-licm") return false;
    passes.addPass(TrapSafeLicm());
    return true;
  });
}

llvm::Error run(llvm::Module& module, llvm::TargetMachine& machine, const char* pipeline) {
  llvm::PassBuilder builder(&machine);
  registerOurPasses(builder, machine);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager callGraph;
  llvm::ModuleAnalysisManager modules;
  functions.registerPass([] { return HasVersionedLoops(); });
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(callGraph);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, callGraph, modules);

  llvm::ModulePassManager passes;
  if (llvm::Error error = builder.parsePassPipeline(passes, pipeline)) return error;
  passes.run(module, modules);
  return llvm::Error::success();
}

int main(int count, char** words) {
  if (count < 3 || count > 5) return fail("expected PASSES FILE [TRIPLE [CPU]]");
  Options options;
  if (count > 3) options.triple = words[3];
  options.cpu = count > 4 ? words[4] : "x86-64";
  base::Result<Target> target = Target::resolve(options);
  if (!target.ok()) return fail(target.error().message);
  std::unique_ptr<llvm::TargetMachine> machine = target->makeMachine();

  llvm::LLVMContext context;
  llvm::SMDiagnostic problem;
  std::unique_ptr<llvm::Module> module = llvm::parseIRFile(words[2], problem, context);
  if (module == nullptr) return problem.print("run_passes", llvm::errs()), 1;
  module->setTargetTriple(machine->getTargetTriple());
  module->setDataLayout(machine->createDataLayout());
  if (llvm::Error error = run(*module, *machine, words[1])) {
    return fail(llvm::toString(std::move(error)));
  }
  if (llvm::verifyModule(*module, &llvm::errs())) return fail("the result is not valid");
  module->print(llvm::outs(), nullptr);
  return 0;
}

}  // namespace
}  // namespace codegen

int main(int count, char** words) { return codegen::main(count, words); }
