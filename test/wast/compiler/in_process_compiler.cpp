// The compiler itself, which needs neither processes nor files.
#include <mutex>
#include <vector>

#include "compiler/codegen/compile.h"
#include "compiler/codegen/target/target.h"
#include "compiler/driver/artifact.h"
#include "compiler/link/link.h"
#include "loader/artifact_seal.h"
#include "loader/embed/module_of_image.h"
#include "test/wast/compiler/module_compiler.h"

namespace wast {
namespace {

using base::Result;

class InProcessCompiler final : public ModuleCompiler {
 public:
  InProcessCompiler(const codegen::Options& options, codegen::Target target)
      : options_(options), target_(std::move(target)) {}

  std::optional<wasm::Feature> untranslated(const wasm::ValidModule& module) const override {
    auto use = codegen::firstUntranslated(module);
    return use ? std::optional(use->feature) : std::nullopt;
  }

  Result<std::shared_ptr<const runtime::Module>> compile(
      const wasm::ValidModule& module) const override {
    constexpr unsigned kThreads = 1;  // scripts run in parallel instead
    const codegen::Callbacks unused{.time = [](std::string_view, double) {},
                                    .reduced = [](uint32_t) {},
                                    .reducedThunks = [](uint64_t) {}};
    std::vector<codegen::ObjectBytes> objects =
        codegen::compileObjects(module, target_, options_, kThreads, unused);
    TRY_ASSIGN(base::Bytes linked, link(objects));
    TRY(loader::sealArtifact(linked));
    TRY_ASSIGN(std::shared_ptr<loader::Image> image, loader::Image::fromMemory(linked, "module"));
    return embed::moduleOf(image);
  }

 private:
  Result<base::Bytes> link(const std::vector<codegen::ObjectBytes>& objects) const {
    std::scoped_lock lock(linking_);
    return driver::linkObjects(objects, linker::Kind::SharedObject, target_, 1);
  }

  const codegen::Options options_;
  const codegen::Target target_;
  mutable std::mutex linking_;  // one link at a time in a process
};

}  // namespace

void ModuleCompiler::installSignalHandlers() { linker::installSignalHandlers(); }

Result<std::unique_ptr<ModuleCompiler>> ModuleCompiler::create(const codegen::Options& options) {
  TRY_ASSIGN(codegen::Target target, codegen::Target::resolve(options));
  return Result<std::unique_ptr<ModuleCompiler>>(
      std::make_unique<InProcessCompiler>(options, std::move(target)));
}

}  // namespace wast
