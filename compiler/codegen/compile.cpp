#include "compiler/codegen/compile.h"

#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "compiler/codegen/cost/tier.h"
#include "compiler/codegen/descriptor/descriptor.h"
#include "compiler/codegen/descriptor/line_info.h"
#include "compiler/codegen/passes/pass.h"
#include "compiler/codegen/passes/pass_timer.h"
#include "compiler/codegen/passes/pipeline.h"
#include "compiler/codegen/passes/scalar/split_long_blocks.h"
#include "compiler/codegen/translate/builder/module_builder.h"
#include "compiler/codegen/translate/emit/translated.h"
#include "compiler/codegen/translate/function_emitter.h"
#include "compiler/wasm/validate/required_features.h"
#include "runtime/base/phase_timer.h"

namespace codegen {
namespace {

// The features that modules may use.
constexpr wasm::Support kSupport{.instructions = kTranslated, .declarations = kTranslated};

// The parameters of one compilation, which all its translation units share. Immutable, so threads
// can share it.
struct Job {
  const ModulePlan& plan;
  const Target& target;
  const Options& options;
  const Callbacks& callbacks;

  // Aborts if the IR is malformed. That would be a bug of the compiler, so it is checked only with
  // Options::verifyIr.
  void verify(const llvm::Module& module) const {
    if (options.verifyIr) CHECK(!llvm::verifyModule(module, &llvm::errs()));
  }

  void optimizeModule(llvm::Module& module, llvm::TargetMachine& machine,
                      const Options& chosen) const {
    verify(module);
    {
      base::PhaseTimer timer(callbacks.time, "optimize");
      optimize(module, machine, chosen, callbacks.passTime);
    }
    verify(module);
  }

  // Returns the options for functions of this tier. Functions that are compiled as with -O0 do
  // not use the segment base.
  Options chosen(Tier tier) const {
    Options chosen = options;
    if (tier == Tier::Optimized) return chosen;
    chosen.optLevel = OptLevel::O0;
    chosen.disabledPasses.insert(Pass::GsRelativeAddressing);
    return chosen;
  }

  ObjectBytes emit(llvm::Module& module, llvm::TargetMachine& machine, CodeFile kind) const {
    base::PhaseTimer timer(callbacks.time, "emit");
    if (options.isLinked()) {
      for (llvm::Function& function : module) {
        // The functions for C are not the guest's code, and have a section already.
        if (!function.isDeclaration() && !function.hasSection()) {
          function.setSection(options.linkedCodeSection());
        }
      }
    }
    return emitCode(module, machine, kind);
  }
};

// A context for IR that is not printed. It discards the names of values, which saves memory and
// time.
struct NamelessContext : llvm::LLVMContext {
  NamelessContext() { setDiscardValueNames(true); }
};

// A translation unit: the functions of a partition, by index, that have the same tier.
struct Unit {
  std::vector<uint32_t> functions;
  Tier tier;
};

// The result of a translation unit.
struct CompiledUnit {
  ObjectBytes object;
  std::vector<FunctionInfo> functions;       // in the unit's order
  std::vector<uint32_t> crossInstanceTypes;  // types whose thunks the object file refers to
};

uint64_t bytesOf(const Job& job, const Unit& unit) {
  uint64_t bytes = 0;
  for (uint32_t index : unit.functions) {
    wasm::CodeRange body = job.plan.module().functions[index].body;
    bytes += body.end - body.begin;
  }
  return bytes;
}

// Translates, optimizes and emits a unit, in an LLVMContext of its own, so that units can be
// compiled in parallel.
CompiledUnit compileUnit(const Job& job, const Unit& unit, WorkMeter& meter) {
  auto done = [&](Step step) {
    meter.add(step, static_cast<uint32_t>(unit.functions.size()), bytesOf(job, unit));
  };
  const Options options = job.chosen(unit.tier);
  NamelessContext context;
  ModuleBuilder builder(job.plan, job.target, options, context);
  {
    base::PhaseTimer timer(job.callbacks.time, "translate");
    for (uint32_t index : unit.functions) emitFunction(builder, index);
  }
  done(Step::Translate);
  CompiledUnit compiled;
  compiled.crossInstanceTypes = builder.crossInstanceTypes();
  std::unique_ptr<llvm::Module> module = builder.take();
  if (unit.tier == Tier::Baseline) llvm::for_each(*module, splitLongBlocks);
  std::unique_ptr<llvm::TargetMachine> machine = job.target.makeMachine(options.optLevel);
  job.optimizeModule(*module, *machine, options);
  done(Step::Optimize);
  compiled.object = job.emit(*module, *machine, CodeFile::Object);
  done(Step::Emit);

  base::PhaseTimer timer(job.callbacks.time, "line tables");
  std::vector<NamedFunction> functions;
  for (uint32_t index : unit.functions) {
    functions.push_back({job.plan.symbol(index), job.plan.module().functions[index].offset});
  }
  compiled.functions = readFunctionInfos(compiled.object, functions);
  return compiled;
}

// Returns the size of all function bodies, on which the compile-time budget depends.
uint64_t codeBytes(const Job& job) {
  uint64_t bytes = 0;
  for (const wasm::Function& function : job.plan.module().functions) {
    bytes += function.body.end - function.body.begin;
  }
  return bytes;
}

// Returns the infos of all functions that are not imports, in the order of the index space. Moves
// them out of `compiled`, which is parallel to `units`.
std::vector<FunctionInfo> collectInfos(const Job& job, std::span<const Unit> units,
                                       std::span<CompiledUnit> compiled) {
  uint32_t first = job.plan.module().importedFunctions;
  std::vector<FunctionInfo> infos(job.plan.module().functions.size() - first);
  for (size_t i = 0; i < units.size(); ++i) {
    for (size_t j = 0; j < units[i].functions.size(); ++j) {
      infos[units[i].functions[j] - first] = std::move(compiled[i].functions[j]);
    }
  }
  return infos;
}

// Compiles the object file of the descriptor. It comes last, since the descriptor has the code
// sizes of all functions and defines the thunks to which they refer.
ObjectBytes compileDescriptor(const Job& job, std::span<const FunctionInfo> functions,
                              std::span<const CompiledUnit> units) {
  NamelessContext context;
  ModuleBuilder builder(job.plan, job.target, job.options, context);
  for (const CompiledUnit& unit : units) {
    for (uint32_t type : unit.crossInstanceTypes) builder.crossInstanceThunk(type);
  }
  {
    base::PhaseTimer timer(job.callbacks.time, "descriptor");
    emitDescriptor(builder, functions);
  }
  std::unique_ptr<llvm::Module> module = builder.take();
  uint64_t thunks =
      llvm::count_if(*module, [](auto& function) { return !function.isDeclaration(); });
  Tier tier = tierForThunks(thunks, codeBytes(job));
  if (tier == Tier::Baseline && job.options.optLevel != OptLevel::O0) {
    job.callbacks.reducedThunks(thunks);
  }
  const Options options = job.chosen(tier);
  std::unique_ptr<llvm::TargetMachine> machine = job.target.makeMachine(options.optLevel);
  job.optimizeModule(*module, *machine, options);
  return job.emit(*module, *machine, CodeFile::Object);
}

// Calls work(0) ... work(count - 1), each once, on up to `jobs` threads, of which the calling
// thread is one. Returns when all calls have returned.
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

// Sets the elements of `excess`, by function index, for the functions of a partition. Each function
// is translated for this and then dropped, so that only one is in memory.
void measureExcess(const Job& job, Partition partition, std::span<uint64_t> excess) {
  base::PhaseTimer timer(job.callbacks.time, "measure");
  NamelessContext context;
  Options options = job.options;
  options.verifyIr = false;  // access marks would be counted as instructions
  ModuleBuilder builder(job.plan, job.target, options, context);
  for (uint32_t index = partition.begin; index < partition.end; ++index) {
    wasm::CodeRange body = job.plan.module().functions[index].body;
    emitFunction(builder, index);
    excess[index] = excessTime(*builder.function(index), body.end - body.begin);
    builder.function(index)->deleteBody();
  }
  builder.take();
}

// Returns the tier for each function, by index, and reports those of Tier::Baseline.
// With -O0 nothing is measured, since all functions are compiled that way.
std::vector<Tier> findTiers(const Job& job, unsigned jobs) {
  const std::vector<wasm::Function>& functions = job.plan.module().functions;
  if (job.options.optLevel == OptLevel::O0)
    return std::vector<Tier>(functions.size(), Tier::Optimized);
  std::vector<uint64_t> excess(functions.size());
  runParallel(job.plan.partitions().size(), jobs,
              [&](size_t i) { measureExcess(job, job.plan.partitions()[i], excess); });
  std::vector<Tier> tiers = chooseTiers(excess, codeBytes(job));
  for (uint32_t index = 0; index < tiers.size(); ++index) {
    if (tiers[index] == Tier::Baseline) job.callbacks.reduced(index);
  }
  return tiers;
}

// Returns the translation units: one for each partition, or two if its functions have different
// tiers. They depend only on the module and the options, not on the number of threads.
std::vector<Unit> divideByTier(std::span<const Partition> partitions, std::span<const Tier> tiers) {
  std::vector<Unit> units;
  for (Partition partition : partitions) {
    for (Tier tier : {Tier::Optimized, Tier::Baseline}) {
      Unit unit{{}, tier};
      for (uint32_t index = partition.begin; index < partition.end; ++index) {
        if (tiers[index] == tier) unit.functions.push_back(index);
      }
      if (!unit.functions.empty()) units.push_back(std::move(unit));
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
                                        const Callbacks& callbacks) {
  ModulePlan plan(module);
  Job job{plan, target, options, callbacks};
  if (callbacks.passTime) measureEmission();
  std::vector<Unit> units = divideByTier(plan.partitions(), findTiers(job, jobs));
  std::vector<CompiledUnit> compiled(units.size());
  auto functions = static_cast<uint32_t>(module->functions.size() - module->importedFunctions);
  WorkMeter meter(callbacks.progress, functions, codeBytes(job));
  runParallel(units.size(), jobs,
              [&](size_t i) { compiled[i] = compileUnit(job, units[i], meter); });

  std::vector<ObjectBytes> objects;
  for (CompiledUnit& unit : compiled) objects.push_back(std::move(unit.object));
  objects.push_back(compileDescriptor(job, collectInfos(job, units, compiled), compiled));
  if (callbacks.passTime) reportEmission(callbacks.passTime);
  return objects;
}

ObjectBytes compileData(const Target& target, const std::string& symbol, std::string_view bytes) {
  llvm::LLVMContext context;
  llvm::Module module(symbol, context);
  std::unique_ptr<llvm::TargetMachine> machine = target.makeMachine();
  module.setTargetTriple(machine->getTargetTriple());
  module.setDataLayout(machine->createDataLayout());
  llvm::Constant* data = llvm::ConstantDataArray::getString(context, bytes, false);
  new llvm::GlobalVariable(module, data->getType(), true, llvm::GlobalValue::ExternalLinkage, data,
                           symbol);
  return emitCode(module, *machine, CodeFile::Object);
}

ObjectBytes compileToText(const wasm::ValidModule& module, const Target& target,
                          const Options& options, IrFile kind, const Callbacks& callbacks) {
  ModulePlan plan(module);
  Job job{plan, target, options, callbacks};
  std::vector<Tier> tiers = findTiers(job, 1);
  bool isAllOptimized = std::ranges::find(tiers, Tier::Baseline) == tiers.end();
  const Options chosen = job.chosen(isAllOptimized ? Tier::Optimized : Tier::Baseline);
  llvm::LLVMContext context;
  ModuleBuilder builder(plan, target, chosen, context);
  {
    base::PhaseTimer timer(callbacks.time, "translate");
    for (uint32_t i = module->importedFunctions; i < module->functions.size(); ++i) {
      emitFunction(builder, i);
    }
    emitDescriptor(builder, {});
  }
  std::unique_ptr<llvm::Module> llvmModule = builder.take();
  if (!isAllOptimized) llvm::for_each(*llvmModule, splitLongBlocks);
  std::unique_ptr<llvm::TargetMachine> machine = target.makeMachine(chosen.optLevel);
  job.optimizeModule(*llvmModule, *machine, chosen);
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
