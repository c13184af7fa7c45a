// The compiler `wasm2obj`, beside `wast` or on PATH, in a process for each module.
#include "compiler/driver/codegen_options.h"
#include "loader/compile/compiler_process.h"
#include "loader/embed/module_of_image.h"
#include "test/wast/compiler/module_compiler.h"

namespace wast {
namespace {

using base::Result;

class ExternalCompiler final : public ModuleCompiler {
 public:
  ExternalCompiler(compile::CompilerProcess process, std::vector<std::string> words)
      : process_(std::move(process)), words_(std::move(words)) {}

  // The compiler's refusal is an error of compile().
  std::optional<wasm::Feature> untranslated(const wasm::ValidModule&) const override {
    return std::nullopt;
  }

  Result<std::shared_ptr<const runtime::Module>> compile(
      const wasm::ValidModule& module) const override {
    TRY_ASSIGN(base::FileContent artifact, process_.compile(module->bytes, "module", words_));
    TRY_ASSIGN(auto image, loader::Image::fromContent(std::move(artifact), "module"));
    return embed::moduleOf(image);
  }

 private:
  const compile::CompilerProcess process_;
  const std::vector<std::string> words_;
};

}  // namespace

void ModuleCompiler::installSignalHandlers() {}

Result<std::unique_ptr<ModuleCompiler>> ModuleCompiler::create(const codegen::Options& options) {
  TRY_ASSIGN(compile::CompilerProcess process, compile::CompilerProcess::find());
  std::vector<std::string> words = driver::codegenWords(options);
  words.push_back("-j1");  // scripts run in parallel instead
  return Result<std::unique_ptr<ModuleCompiler>>(
      std::make_unique<ExternalCompiler>(std::move(process), std::move(words)));
}

}  // namespace wast
