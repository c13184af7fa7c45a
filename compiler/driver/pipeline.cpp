#include "compiler/driver/pipeline.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "compiler/c_interface/c_interface.h"
#include "compiler/codegen/compile.h"
#include "compiler/driver/artifact.h"
#include "compiler/driver/front_end.h"
#include "compiler/driver/input.h"
#include "compiler/driver/output_file.h"
#include "compiler/driver/progress.h"
#include "compiler/driver/provenance.h"
#include "compiler/driver/runtime_object.h"
#include "compiler/snapshot/snapshot.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/print/print.h"
#include "compiler/wasm/validate/validate.h"
#include "loader/artifact_seal.h"
#include "runtime/abi/linked_module.h"

namespace driver {
namespace {

using base::Result;
using codegen::ObjectBytes;

// Times a phase of the compilation from construction to destruction, and prints its name if the
// options say so.
class Phase {
 public:
  Phase(const Options& options, const Phases& phases, const char* name)
      : timer_(phases.report(), name) {
    if (options.isVerbose) fmt::print(stderr, "wasm2obj: {} {}\n", name, options.input);
  }

 private:
  base::PhaseTimer timer_;
};

std::span<const char> chars(base::ByteView bytes) {
  std::string_view text = base::asText(bytes);
  return {text.data(), text.size()};
}

// Returns whether the output is machine code or IR, as opposed to the module itself.
bool isTranslation(Emit emit) { return emit != Emit::Text && emit != Emit::Binary; }

// The code generator calls these for functions and thunks that it compiles without optimization.
// The position is that in the binary, since the text has been encoded by then.
void reportReduced(const Options& options, const wasm::Module& module, uint32_t functionIndex) {
  if (!options.isVerbose) return;
  fmt::print(
      stderr,
      "wasm2obj: function {} at offset {:#x} would take too long to optimize; it is compiled "
      "as -O0 does\n",
      functionIndex, module.functions[functionIndex].offset);
}

void reportReducedThunks(const Options& options, uint64_t count) {
  if (!options.isVerbose) return;
  fmt::print(stderr,
             "wasm2obj: {} thunks would take too long to optimize; they are compiled as -O0 does\n",
             count);
}

// Returns the kind of an output that is an intermediate file; nothing for object code.
std::optional<codegen::IrFile> irFile(Emit emit) {
  if (emit == Emit::LlvmIr) return codegen::IrFile::Text;
  if (emit == Emit::Bitcode) return codegen::IrFile::Bitcode;
  if (emit == Emit::Assembly) return codegen::IrFile::Assembly;
  return std::nullopt;
}

// Returns an error if there is nothing that an executable could run.
Result<void> checkRunnable(const wasm::Module& module, const std::string& name) {
  auto isEntry = [](const wasm::Export& item) {
    return item.kind == wasm::ExternKind::Function &&
           (item.name == "_start" || item.name == "_initialize");
  };
  if (module.start || std::ranges::any_of(module.exports, isEntry)) return {};
  return base::Error{name,
                     "has no _start, which an executable calls; .so makes an artifact, whose "
                     "functions wasmrun calls with --invoke"};
}

// Returns the interface for C, or an error if the module cannot be a part of a program.
Result<c_interface::Interface> cInterface(const Options& options, const wasm::Module& module,
                                          const std::string& source) {
  auto interface = c_interface::interfaceOf(module, options.codegen.c);
  if (!interface) return base::Error{source, interface.error().message};
  return interface;
}

// Writes text to a file that appears whole or not at all.
Result<void> writeFile(const std::string& path, const std::string& text) {
  TRY_ASSIGN(OutputFile output, OutputFile::create(path));
  TRY(output.write(text));
  return output.commit(false);
}

linker::Kind linkKind(Emit emit) {
  if (emit == Emit::SharedObject) return linker::Kind::SharedObject;
  return emit == Emit::Executable ? linker::Kind::Executable : linker::Kind::Relocatable;
}

// Returns the options of an executable for its guest as loader/exe reads them.
std::string joinWords(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined.append(word).push_back('\0');
  joined.push_back('\0');
  return joined;
}

// The targets of the code: one for each CPU.
using Targets = std::vector<codegen::Target>;

// Returns the targets that the options select.
Result<Targets> targetsOf(const Options& options) {
  Targets targets;
  codegen::Options one = options.codegen;
  std::string_view rest = options.codegen.cpu;
  for (;;) {
    size_t comma = rest.find(',');
    one.cpu = rest.substr(0, comma);
    bool isList = options.codegen.cpu.find(',') != std::string::npos;
    if (isList && one.cpu.empty())
      return base::Error{"--cpu", fmt::format("'{}' has an empty name", options.codegen.cpu)};
    TRY_ASSIGN(codegen::Target target, codegen::Target::resolve(one));
    targets.push_back(std::move(target));
    if (comma == rest.npos) break;
    rest.remove_prefix(comma + 1);
  }
  bool isLoaded = options.emit == Emit::SharedObject || options.emit == Emit::Executable;
  if (targets.size() > 1 && !isLoaded)
    return base::Error{"--cpu",
                       "only an artifact (.so) or an executable can have code for several CPUs"};
  return targets;
}

// Returns the options for the code of one of `count` targets.
codegen::Options variantOptions(const codegen::Options& options, size_t index, size_t count) {
  codegen::Options own = options;
  auto symbolOf = [&options](size_t number) {
    return number == 0 ? options.linkedSymbol : fmt::format("{}_{}", options.linkedSymbol, number);
  };
  own.isFurtherVariant = index != 0;
  if (!options.isLinked()) return own;
  own.linkedSymbol = symbolOf(index);
  if (index + 1 < count) own.nextVariantSymbol = symbolOf(index + 1);
  return own;
}

// Returns the object files of the module for all targets. The objects of each further target become
// one, in which their symbols are local, since all targets have symbols of the same names.
Result<std::vector<ObjectBytes>> compileFor(const Targets& targets, const Options& options,
                                            Phases& phases, const wasm::ValidModule& module,
                                            const codegen::Callbacks& callbacks) {
  std::vector<ObjectBytes> objects;
  for (size_t i = 0; i < targets.size(); ++i) {
    Phase phase(options, phases, "compile");
    codegen::Options codegen = variantOptions(options.codegen, i, targets.size());
    auto own = codegen::compileObjects(module, targets[i], codegen, options.jobs, callbacks);
    if (i == 0) {
      objects = std::move(own);
      continue;
    }
    TRY_ASSIGN(base::Bytes one,
               linkObjects(own, linker::Kind::Relocatable, targets[i], options.jobs));
    objects.emplace_back(one.begin(), one.end());
  }
  return objects;
}

// Compiles to object files and links them.
Result<base::Bytes> compileAndLink(const Options& options, Phases& phases,
                                   const wasm::ValidModule& module, const Targets& targets,
                                   const codegen::Callbacks& callbacks) {
  const codegen::Target& target = targets.front();
  std::vector<std::string> files;
  if (options.emit == Emit::Executable) {
    TRY_ASSIGN(std::string runtime, findRuntime(options.runtimeDirectory, target.arch(), *module));
    files.push_back(std::move(runtime));
  }
  TRY_ASSIGN(std::vector<ObjectBytes> objects,
             compileFor(targets, options, phases, module, callbacks));
  if (options.emit == Emit::Executable) {
    objects.push_back(
        codegen::compileData(target, abi::kProgramOptionsSymbol, joinWords(options.guestWords)));
  }
  base::Bytes linked;
  {
    Phase phase(options, phases, "link");
    TRY_ASSIGN(linked, linkObjects(objects, linkKind(options.emit), target, options.jobs, files));
  }
  if (options.emit == Emit::SharedObject) {
    Phase phase(options, phases, "seal");
    TRY(loader::sealArtifact(linked));
  }
  return linked;
}

// Writes the headers for C and C++, if the options want them.
Result<void> writeHeaders(const Options& options, const wasm::Module& module,
                          const c_interface::Interface& interface, const std::string& source) {
  if (options.header.empty()) return {};
  TRY(writeFile(options.header, c_interface::headerText(interface, module, source)));
  if (options.cppHeader.empty()) return {};
  std::string name = options.header.substr(options.header.rfind('/') + 1);
  return writeFile(options.cppHeader, c_interface::cppHeaderText(interface, module, source, name));
}

// Writes the output that is made of a valid module.
Result<void> translate(const Options& options, Phases& phases, const wasm::ValidModule& valid,
                       const Targets& targets, OutputFile& output) {
  std::optional<ProgressDisplay> display;
  if (!options.isVerbose) display.emplace();
  codegen::Callbacks callbacks{
      .time = phases.report(),
      .passTime = options.timePasses ? phases.reportPass() : base::TimeCallback(),
      .progress = display ? display->report() : codegen::ProgressCallback(),
      .reduced = [&](uint32_t index) { reportReduced(options, *valid, index); },
      .reducedThunks = [&](uint64_t count) { reportReducedThunks(options, count); }};
  if (irFile(options.emit)) {
    Phase phase(options, phases, "compile");
    TRY(output.write(codegen::compileToText(valid, targets.front(), options.codegen,
                                            *irFile(options.emit), callbacks)));
    return output.commit(false);
  }

  TRY_ASSIGN(base::Bytes linked, compileAndLink(options, phases, valid, targets, callbacks));
  TRY(output.write(chars(linked)));
  return output.commit(options.emit != Emit::Object);
}

// Returns the module of the state that a valid module has after its initialization.
Result<snapshot::Snapshot> takeSnapshot(const Options& options, Phases& phases,
                                        const wasm::ValidModule& valid) {
  Options forHost = options;
  forHost.emit = Emit::SharedObject;
  forHost.codegen = {.optLevel = codegen::OptLevel::O1,
                     .bounds = options.codegen.bounds,
                     .isDeterministic = options.codegen.isDeterministic,
                     .countsFuel = options.snapshot->guest.fuel.has_value()};
  TRY_ASSIGN(codegen::Target host, codegen::Target::resolve(forHost.codegen));
  TRY_ASSIGN(base::Bytes artifact,
             compileAndLink(forHost, phases, valid, {std::move(host)}, {.time = phases.report()}));
  Phase phase(options, phases, "initialize");
  return snapshot::take(*valid, artifact, *options.snapshot);
}

// Writes the output that is a module.
Result<void> writeModule(const Options& options, Phases& phases, const wasm::Module& module,
                         OutputFile& output) {
  if (options.emit == Emit::Text) {
    Phase phase(options, phases, "print");
    TRY_ASSIGN(std::string text, wasm::printModule(module));
    TRY(output.write(text));
  } else {
    Phase phase(options, phases, "write");
    TRY_ASSIGN(base::Bytes written, wasm::writeModule(module));
    TRY(output.write(chars(written)));
  }
  return output.commit(false);
}

Result<wasm::ValidModule> validate(const Options& options, Phases& phases, wasm::Module module) {
  Phase phase(options, phases, "validate");
  return wasm::validate(std::move(module));
}

// Writes the output that is made of a valid module.
Result<void> writeOutput(const Options& options, Phases& phases, const wasm::ValidModule& valid,
                         const Targets& targets, OutputFile& output) {
  const std::string& source = valid->fileName;
  if (!isTranslation(options.emit)) return writeModule(options, phases, *valid, output);
  if (options.emit == Emit::Executable) TRY(checkRunnable(*valid, source));
  if (options.codegen.c.name.empty()) return translate(options, phases, valid, targets, output);
  TRY_ASSIGN(c_interface::Interface interface, cInterface(options, *valid, source));
  if (options.emit == Emit::Object) TRY(translate(options, phases, valid, targets, output));
  return writeHeaders(options, *valid, interface, source);
}

}  // namespace

Result<void> compile(const Options& given, Phases& phases) {
  Options options = given;
  // Resolved first, so that a wrong --cpu is reported before a large module is read.
  TRY_ASSIGN(Targets targets, targetsOf(options));
  TRY_ASSIGN(Input input, Input::open(options.input, options.inputName));
  TRY_ASSIGN(OutputFile output, OutputFile::create(options.output));

  // All later steps get the module in the binary format.
  bool runs = isTranslation(options.emit) || options.snapshot;
  base::ByteView bytes = input.bytes();
  base::Bytes encoded;
  if (input.isText()) {
    Phase phase(options, phases, "parse");
    TRY_ASSIGN(encoded, encodeText(input, runs));
    bytes = encoded;
  }
  // A snapshot has the id of the module that it was taken of.
  if (runs) options.codegen.provenance = provenanceOf(bytes);

  // Function bodies remain encoded in the bytes of the input, which outlive the module.
  auto read = [&]() -> Result<wasm::Module> {
    Phase phase(options, phases, "read");
    return wasm::readModule(input.name(), bytes);
  };
  TRY_ASSIGN(wasm::Module module, read());
  // Also an invalid module can be printed.
  if (options.emit == Emit::Text && !options.snapshot) {
    return writeModule(options, phases, module, output);
  }

  // The steps after checkTranslated() rely on a valid module and have only internal checks.
  TRY_ASSIGN(wasm::ValidModule valid, validate(options, phases, std::move(module)));
  if (runs) {
    TRY(checkLinked(*valid));
    TRY(codegen::checkTranslated(valid));
  }
  if (!options.snapshot) return writeOutput(options, phases, valid, targets, output);
  TRY_ASSIGN(snapshot::Snapshot snapshot, takeSnapshot(options, phases, valid));
  TRY_ASSIGN(wasm::ValidModule started, validate(options, phases, std::move(snapshot.module)));
  return writeOutput(options, phases, started, targets, output);
}

}  // namespace driver
