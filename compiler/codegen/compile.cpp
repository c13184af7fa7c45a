#include "compiler/codegen/compile.h"

#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "compiler/codegen/descriptor.h"
#include "compiler/codegen/effort.h"
#include "compiler/codegen/line_info.h"
#include "compiler/codegen/module_emitter.h"
#include "compiler/codegen/optimize.h"
#include "compiler/codegen/passes/pass.h"
#include "compiler/codegen/short_blocks.h"
#include "compiler/codegen/slp_threshold.h"
#include "compiler/wasm/validate/required_features.h"

namespace codegen {
namespace {

// Bytes of a body. A shorter one cannot take long.
constexpr uint32_t kMinMeasured = 256;

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
  const Reports& reports;

  void verify(const llvm::Module& module) const {
    if (options.verifyIr) CHECK(!llvm::verifyModule(module, &llvm::errs()));
  }

  void optimizeModule(llvm::Module& module, llvm::TargetMachine& machine, Effort effort) const {
    verify(module);
    {
      Timer timer(reports.time, "optimize");
      optimize(module, machine, chosen(effort));
    }
    verify(module);
  }

  // The options for functions of this effort.
  Options chosen(Effort effort) const {
    Options chosen = options;
    if (effort == Effort::Full) return chosen;
    chosen.optLevel = OptLevel::O0;
    chosen.disabledPasses.insert(Pass::SegmentAddresses);
    return chosen;
  }

  ObjectBytes emit(llvm::Module& module, llvm::TargetMachine& machine, CodeFile kind) const {
    Timer timer(reports.time, "emit");
    return emitCode(module, machine, kind);
  }
};

// What is compiled in one go: functions that get the same effort.
struct Unit {
  Part part;
  Effort effort;
};

struct CompiledPart {
  ObjectBytes object;
  std::vector<FunctionInfo> functions;
  std::vector<uint32_t> crossingTypes;  // whose thunks the descriptor's object has to define
};

CompiledPart compilePart(const Job& job, const Unit& unit) {
  Part part = unit.part;
  llvm::LLVMContext context;
  ModuleEmitter emitter(job.plan, job.target, job.options, context);
  {
    Timer timer(job.reports.time, "translate");
    emitter.emitFunctions(part);
  }
  CompiledPart compiled;
  compiled.crossingTypes = emitter.crossingTypes();
  std::unique_ptr<llvm::Module> module = emitter.take();
  if (unit.effort == Effort::Least) llvm::for_each(*module, shortenBlocks);
  std::unique_ptr<llvm::TargetMachine> machine =
      job.target.makeMachine(job.chosen(unit.effort).optLevel);
  job.optimizeModule(*module, *machine, unit.effort);

  compiled.object = job.emit(*module, *machine, CodeFile::Object);
  Timer timer(job.reports.time, "line tables");
  std::vector<NamedFunction> functions;
  for (uint32_t i = part.begin; i < part.end; ++i) {
    functions.push_back({job.plan.symbol(i), job.plan.module().functions[i].offset});
  }
  compiled.functions = readFunctionInfos(compiled.object, functions);
  return compiled;
}

ObjectBytes compileDescriptor(const Job& job, std::span<CompiledPart> parts) {
  llvm::LLVMContext context;
  ModuleEmitter emitter(job.plan, job.target, job.options, context);
  std::vector<FunctionInfo> functions;
  for (CompiledPart& part : parts) {
    std::ranges::move(part.functions, std::back_inserter(functions));
    for (uint32_t type : part.crossingTypes) emitter.crossingThunk(type);
  }
  {
    Timer timer(job.reports.time, "descriptor");
    emitDescriptor(emitter, functions);
  }
  std::unique_ptr<llvm::Module> module = emitter.take();
  std::unique_ptr<llvm::TargetMachine> machine = job.target.makeMachine();
  job.optimizeModule(*module, *machine, Effort::Full);
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

// Of the own functions [part.begin, part.end).
void measureExcess(const Job& job, Part part, std::span<uint64_t> excess) {
  Timer timer(job.reports.time, "measure");
  llvm::LLVMContext context;
  Options options = job.options;
  options.verifyIr = false;  // marks of accesses are not to be measured
  ModuleEmitter emitter(job.plan, job.target, options, context);
  for (uint32_t index = part.begin; index < part.end; ++index) {
    wasm::CodeRange body = job.plan.module().functions[index].body;
    if (body.end - body.begin < kMinMeasured) continue;
    emitter.emitFunctions({index, index + 1});
    excess[index] = excessTime(*emitter.function(index), body.end - body.begin);
    emitter.function(index)->deleteBody();
  }
  emitter.take();
}

// By function. Only what takes more effort than -O0 is worth a look.
std::vector<Effort> findEfforts(const Job& job, unsigned jobs) {
  const std::vector<wasm::Function>& functions = job.plan.module().functions;
  if (job.options.optLevel == OptLevel::O0)
    return std::vector<Effort>(functions.size(), Effort::Full);
  std::vector<uint64_t> excess(functions.size());
  runParallel(job.plan.parts().size(), jobs,
              [&](size_t i) { measureExcess(job, job.plan.parts()[i], excess); });
  uint64_t bytes = 0;
  for (const wasm::Function& function : functions) bytes += function.body.end - function.body.begin;
  std::vector<Effort> efforts = shareEffort(excess, bytes);
  for (uint32_t index = 0; index < efforts.size(); ++index) {
    if (efforts[index] == Effort::Least) job.reports.reduced(index);
  }
  return efforts;
}

// The parts, cut where the effort changes.
std::vector<Unit> cutByEffort(std::span<const Part> parts, std::span<const Effort> efforts) {
  std::vector<Unit> units;
  for (Part part : parts) {
    for (uint32_t begin = part.begin, end = begin; begin < part.end; begin = end) {
      while (end < part.end && efforts[end] == efforts[begin]) ++end;
      units.push_back({{begin, end}, efforts[begin]});
    }
  }
  return units;
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
                                        const Reports& reports) {
  SlpThreshold threshold(target);
  ModulePlan plan(module);
  Job job{plan, target, options, reports};
  std::vector<Unit> units = cutByEffort(plan.parts(), findEfforts(job, jobs));
  std::vector<CompiledPart> parts(units.size());
  runParallel(parts.size(), jobs, [&](size_t i) { parts[i] = compilePart(job, units[i]); });

  std::vector<ObjectBytes> objects;
  for (CompiledPart& part : parts) objects.push_back(std::move(part.object));
  objects.push_back(compileDescriptor(job, parts));
  return objects;
}

ObjectBytes compileToText(const wasm::ValidModule& module, const Target& target,
                          const Options& options, IrFile kind, const Reports& reports) {
  SlpThreshold threshold(target);
  ModulePlan plan(module);
  Job job{plan, target, options, reports};
  std::vector<Effort> efforts = findEfforts(job, 1);
  bool isAllFull = std::ranges::find(efforts, Effort::Least) == efforts.end();
  Effort effort = isAllFull ? Effort::Full : Effort::Least;
  llvm::LLVMContext context;
  ModuleEmitter emitter(plan, target, options, context);
  {
    Timer timer(reports.time, "translate");
    emitter.emitFunctions(
        {plan.module().importedFunctions, static_cast<uint32_t>(plan.module().functions.size())});
    emitDescriptor(emitter, {});
  }
  std::unique_ptr<llvm::Module> llvmModule = emitter.take();
  if (!isAllFull) llvm::for_each(*llvmModule, shortenBlocks);
  std::unique_ptr<llvm::TargetMachine> machine = target.makeMachine(job.chosen(effort).optLevel);
  job.optimizeModule(*llvmModule, *machine, effort);
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
