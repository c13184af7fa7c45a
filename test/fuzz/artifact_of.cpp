#include "test/fuzz/artifact_of.h"

#include <fmt/format.h>

#include "compiler/codegen/compile.h"
#include "compiler/driver/artifact.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/text/parse/parse_module.h"
#include "loader/artifact_seal.h"

// LLVM's headers, compiled for AddressSanitizer, poison free memory of their allocators. LLVM's
// libraries are not compiled for it and would not unpoison that memory before they use it.
extern "C" const char* __asan_default_options() { return "allow_user_poisoning=0"; }

namespace fuzz {
namespace {

base::Result<base::Bytes> compile(std::string_view text) {
  TRY_ASSIGN(wasm::TextModule parsed, wasm::parseModule("fuzz.wat", text));
  TRY_ASSIGN(base::Bytes bytes, wasm::writeModule(parsed.module));
  TRY_ASSIGN(wasm::Module read, wasm::readModule("fuzz.wasm", bytes));
  TRY_ASSIGN(wasm::ValidModule module, wasm::validate(std::move(read)));
  codegen::Options options;
  TRY_ASSIGN(codegen::Target target, codegen::Target::resolve(options));
  constexpr unsigned kThreads = 1;
  const codegen::Callbacks unused{.time = [](std::string_view, double) {},
                                  .reduced = [](uint32_t) {},
                                  .reducedThunks = [](uint64_t) {}};
  auto objects = codegen::compileObjects(module, target, options, kThreads, unused);
  TRY_ASSIGN(base::Bytes artifact,
             driver::linkObjects(objects, linker::Kind::SharedObject, target, kThreads));
  TRY(loader::sealArtifact(artifact));
  return artifact;
}

}  // namespace

base::Bytes artifactOf(std::string_view text) {
  base::Result<base::Bytes> artifact = compile(text);
  if (!artifact) fmt::print(stderr, "{}\n", artifact.error().text());
  CHECK(artifact.ok());
  return std::move(*artifact);
}

}  // namespace fuzz
