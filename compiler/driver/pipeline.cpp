#include "compiler/driver/pipeline.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <vector>

#include "compiler/codegen/compile.h"
#include "compiler/driver/artifact.h"
#include "compiler/driver/output_file.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/base/mapped_file.h"

namespace driver {
namespace {

using base::Result;
using codegen::ObjectBytes;

// Times one phase, and names it when -v is given.
class Phase {
 public:
  Phase(const Options& options, Phases& phases, const char* name) : phases_(phases), name_(name) {
    if (options.isVerbose) fmt::print(stderr, "wasm2obj: {} {}\n", name, options.input);
  }
  ~Phase() {
    std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    phases_.add(name_, elapsed.count());
  }

 private:
  Phases& phases_;
  const char* name_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

codegen::IrFile irFile(Emit emit) {
  if (emit == Emit::LlvmIr) return codegen::IrFile::Text;
  return emit == Emit::Bitcode ? codegen::IrFile::Bitcode : codegen::IrFile::Assembly;
}

}  // namespace

Result<void> compile(const Options& options, Phases& phases) {
  // The target first: a wrong --cpu should not cost the reading of a large module.
  TRY_ASSIGN(codegen::Target target, codegen::Target::resolve(options.codegen));
  TRY_ASSIGN(base::MappedFile input, base::MappedFile::open(options.input));
  TRY_ASSIGN(OutputFile output, OutputFile::create(options.output));

  // Bytes to a module. Its function bodies stay bytes of the input.
  auto read = [&]() -> Result<wasm::Module> {
    Phase phase(options, phases, "read");
    return wasm::readModule(options.input, input.bytes());
  };
  TRY_ASSIGN(wasm::Module module, read());

  // From here on nothing is wrong with the input: what follows CHECKs.
  auto validate = [&]() -> Result<wasm::ValidModule> {
    Phase phase(options, phases, "validate");
    return wasm::validate(std::move(module));
  };
  TRY_ASSIGN(wasm::ValidModule valid, validate());
  TRY(codegen::checkTranslated(valid));

  codegen::ReportTime report = [&](std::string_view name, double seconds) {
    phases.add(name, seconds);
  };
  bool isObjectCode = options.emit == Emit::SharedObject || options.emit == Emit::Object;
  if (!isObjectCode) {
    Phase phase(options, phases, "compile");
    TRY(output.write(
        codegen::compileToText(valid, target, options.codegen, irFile(options.emit), report)));
    return output.commit(false);
  }

  std::vector<ObjectBytes> objects;
  {
    Phase phase(options, phases, "compile");
    objects = codegen::compileObjects(valid, target, options.codegen, options.jobs, report);
  }
  {
    Phase phase(options, phases, "link");
    linker::Kind kind = options.emit == Emit::SharedObject ? linker::Kind::SharedObject
                                                           : linker::Kind::Relocatable;
    TRY(linkObjects(objects, kind, target, options.jobs, output.temporaryPath()));
  }
  if (options.emit == Emit::SharedObject) {
    Phase phase(options, phases, "seal");
    TRY(sealFile(output.temporaryPath()));
  }
  return output.commit(options.emit == Emit::SharedObject);
}

}  // namespace driver
