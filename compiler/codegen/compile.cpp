#include "compiler/codegen/compile.h"

#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "compiler/codegen/descriptor.h"
#include "compiler/codegen/line_info.h"
#include "compiler/codegen/module_emitter.h"
#include "compiler/codegen/optimize.h"
#include "compiler/codegen/slp_threshold.h"
#include "compiler/wasm/validate/required_features.h"

namespace codegen {
namespace {

constexpr wasm::FeatureSet kTranslated{
    wasm::Feature::signExtension,   wasm::Feature::saturatingConversion,
    wasm::Feature::bulkMemory,      wasm::Feature::referenceTypes,
    wasm::Feature::multiValue,      wasm::Feature::mutableGlobals,
    wasm::Feature::extendedConst,   wasm::Feature::tailCall,
    wasm::Feature::typedReferences, wasm::Feature::multiMemory,
    wasm::Feature::memory64,        wasm::Feature::simd,
    wasm::Feature::relaxedSimd,     wasm::Feature::wideArithmetic,
    wasm::Feature::customPageSizes,
};

// References to objects and exceptions are pointers that can be passed on, compared with null and
// stored, whether or not there is an instruction that makes one.
constexpr wasm::Support kSupport{
    .instructions = kTranslated,
    .declarations = kTranslated.with({wasm::Feature::gc, wasm::Feature::exceptions}),
};

class Timer {
 public:
  Timer(const ReportTime& report, std::string_view phase) : report_(report), phase_(phase) {}
  ~Timer() {
    std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    report_(phase_, elapsed.count());
  }

 private:
  const ReportTime& report_;
  std::string_view phase_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// What every translation unit of one compilation shares.
struct Job {
  const ModulePlan& plan;
  const Target& target;
  const Options& options;
  const ReportTime& report;

  void verify(const llvm::Module& module) const {
    if (options.verifyIr) CHECK(!llvm::verifyModule(module, &llvm::errs()));
  }

  void optimizeModule(llvm::Module& module, llvm::TargetMachine& machine) const {
    verify(module);
    {
      Timer timer(report, "optimize");
      optimize(module, machine, options);
    }
    verify(module);
  }

  ObjectBytes emit(llvm::Module& module, llvm::TargetMachine& machine, CodeFile kind) const {
    Timer timer(report, "emit");
    return emitCode(module, machine, kind);
  }
};

struct CompiledPart {
  ObjectBytes object;
  std::vector<FunctionInfo> functions;
};

CompiledPart compilePart(const Job& job, Part part) {
  llvm::LLVMContext context;
  ModuleEmitter emitter(job.plan, job.target, job.options, context);
  {
    Timer timer(job.report, "translate");
    emitter.emitFunctions(part);
  }
  std::unique_ptr<llvm::Module> module = emitter.take();
  std::unique_ptr<llvm::TargetMachine> machine = job.target.makeMachine();
  job.optimizeModule(*module, *machine);

  CompiledPart compiled;
  compiled.object = job.emit(*module, *machine, CodeFile::Object);
  Timer timer(job.report, "line tables");
  std::vector<NamedFunction> functions;
  for (uint32_t i = part.begin; i < part.end; ++i) {
    functions.push_back({job.plan.symbol(i), job.plan.module().functions[i].offset});
  }
  compiled.functions = readFunctionInfos(compiled.object, functions);
  return compiled;
}

ObjectBytes compileDescriptor(const Job& job, std::span<const FunctionInfo> functions) {
  llvm::LLVMContext context;
  ModuleEmitter emitter(job.plan, job.target, job.options, context);
  {
    Timer timer(job.report, "descriptor");
    emitDescriptor(emitter, functions);
  }
  std::unique_ptr<llvm::Module> module = emitter.take();
  std::unique_ptr<llvm::TargetMachine> machine = job.target.makeMachine();
  job.optimizeModule(*module, *machine);
  return job.emit(*module, *machine, CodeFile::Object);
}

// Runs work(0) ... work(count - 1), each once, on `jobs` threads.
void runParallel(size_t count, unsigned jobs, const std::function<void(size_t)>& work) {
  std::atomic<size_t> next = 0;
  auto loop = [&] {
    for (size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < std::min<size_t>(jobs, count); ++i) threads.emplace_back(loop);
  loop();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace

base::Result<void> checkTranslated(const wasm::ValidModule& module) {
  return wasm::checkSupported(module, kSupport);
}

std::optional<wasm::FeatureUse> firstUntranslated(const wasm::ValidModule& module) {
  return module.requiredFeatures().firstOutside(kSupport);
}

std::vector<ObjectBytes> compileObjects(const wasm::ValidModule& module, const Target& target,
                                        const Options& options, unsigned jobs,
                                        const ReportTime& report) {
  SlpThreshold threshold(target);
  ModulePlan plan(module);
  Job job{plan, target, options, report};
  std::vector<CompiledPart> parts(plan.parts().size());
  runParallel(parts.size(), jobs, [&](size_t i) { parts[i] = compilePart(job, plan.parts()[i]); });

  std::vector<ObjectBytes> objects;
  std::vector<FunctionInfo> functions;
  for (CompiledPart& part : parts) {
    objects.push_back(std::move(part.object));
    std::move(part.functions.begin(), part.functions.end(), std::back_inserter(functions));
  }
  objects.push_back(compileDescriptor(job, functions));
  return objects;
}

ObjectBytes compileToText(const wasm::ValidModule& module, const Target& target,
                          const Options& options, IrFile kind, const ReportTime& report) {
  SlpThreshold threshold(target);
  ModulePlan plan(module);
  Job job{plan, target, options, report};
  llvm::LLVMContext context;
  ModuleEmitter emitter(plan, target, options, context);
  {
    Timer timer(report, "translate");
    emitter.emitFunctions(
        {plan.module().importedFunctions, static_cast<uint32_t>(plan.module().functions.size())});
    emitDescriptor(emitter, {});
  }
  std::unique_ptr<llvm::Module> llvmModule = emitter.take();
  std::unique_ptr<llvm::TargetMachine> machine = target.makeMachine();
  job.optimizeModule(*llvmModule, *machine);
  if (kind == IrFile::Assembly) return job.emit(*llvmModule, *machine, CodeFile::Assembly);

  ObjectBytes bytes;
  llvm::raw_svector_ostream out(bytes);
  if (kind == IrFile::Text) {
    llvmModule->print(out, nullptr);
  } else {
    llvm::WriteBitcodeToFile(*llvmModule, out);
  }
  return bytes;
}

}  // namespace codegen
