#include "test/wast/module_compiler.h"

#include <vector>

#include "compiler/codegen/compile.h"
#include "compiler/driver/artifact.h"
#include "loader/artifact_seal.h"
#include "loader/embed/module_of_image.h"

namespace wast {

using base::Result;

Result<std::shared_ptr<const runtime::Module>> ModuleCompiler::compile(
    const wasm::ValidModule& module) {
  constexpr unsigned kThreads = 1;  // scripts run in parallel instead
  const codegen::Callbacks unused{.time = [](std::string_view, double) {},
                                  .reduced = [](uint32_t) {},
                                  .reducedThunks = [](uint64_t) {}};
  std::vector<codegen::ObjectBytes> objects =
      codegen::compileObjects(module, target_, options_, kThreads, unused);
  TRY_ASSIGN(base::Bytes linked,
             driver::linkObjects(objects, linker::Kind::SharedObject, target_, kThreads));
  TRY(loader::sealArtifact(linked));
  TRY_ASSIGN(std::shared_ptr<loader::Image> image, loader::Image::fromMemory(linked, "module"));
  return embed::moduleOf(image);
}

}  // namespace wast
