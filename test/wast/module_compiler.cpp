#include "test/wast/module_compiler.h"

#include <fmt/format.h>
#include <unistd.h>

#include <vector>

#include "compiler/codegen/compile.h"
#include "compiler/driver/artifact.h"
#include "loader/embed/module_of_image.h"

namespace wast {

using base::Result;

Result<std::shared_ptr<const runtime::Module>> ModuleCompiler::compile(
    const wasm::ValidModule& module) {
  constexpr unsigned kThreads = 1;  // several scripts run at a time instead
  auto unused = [](std::string_view, double) {};
  std::vector<codegen::ObjectBytes> objects =
      codegen::compileObjects(module, target_, options_, kThreads, unused);
  std::string path = fmt::format("{}.{}.so", prefix_, count_++);
  TRY(driver::linkObjects(objects, linker::Kind::SharedObject, target_, kThreads, path));
  TRY(driver::sealFile(path));
  TRY_ASSIGN(std::shared_ptr<loader::Image> image, loader::Image::open(path));
  ::unlink(path.c_str());  // what is mapped stays
  return embed::moduleOf(image);
}

}  // namespace wast
