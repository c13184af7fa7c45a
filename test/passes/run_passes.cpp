// run_passes PASSES FILE [TRIPLE [CPU]]: runs LLVM's passes and ours on LLVM IR, like LLVM's `opt`.
//
// PASSES is a pipeline in the notation of `opt -passes`, which may also contain the passes of
// passes.def. FILE is LLVM IR as text or bitcode; its target is replaced. The default CPU is
// x86-64. The result is verified and printed. The exit status is 1 if the arguments are wrong, or
// if the input or the result is invalid.
#include <llvm/IR/Verifier.h>
#include <llvm/IRReader/IRReader.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/codegen/passes/all_passes.h"
#include "compiler/codegen/target/target.h"

namespace codegen {
namespace {

int fail(const llvm::Twine& message) {
  llvm::errs() << "run_passes: " << message << "\n";
  return 1;
}

// Adds the names of passes.def to the parser of pipelines. A pass is constructed as in the
// compiler, from `machine` if it depends on the target.
void registerOurPasses(llvm::PassBuilder& builder, llvm::TargetMachine& machine) {
  builder.registerPipelineParsingCallback(
      [&machine](llvm::StringRef word, llvm::FunctionPassManager& passes,
                 llvm::ArrayRef<llvm::PassBuilder::PipelineElement>) {
#define PASS(stage, id, name, kind, when, construction) \
  if (word == name) return passes.addPass(construction), true;
#define STEP(stage, when, construction)
#include "compiler/codegen/passes/passes.def"
#undef PASS
#undef STEP
        return false;
      });
  builder.registerPipelineParsingCallback([](llvm::StringRef word, llvm::LoopPassManager& passes,
                                             llvm::ArrayRef<llvm::PassBuilder::PipelineElement>) {
    if (word != "trap-safe-licm") return false;
    passes.addPass(TrapSafeLicm());
    return true;
  });
}

// Runs the pipeline on the module. Returns an error if the pipeline cannot be parsed.
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
