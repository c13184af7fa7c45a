#include "loader/run/open_module.h"

#include <fmt/format.h>
#include <unistd.h>

#include <optional>
#include <string_view>

#include "loader/cache.h"
#include "loader/compile/compiler_process.h"
#include "runtime/base/file_content.h"
#include "runtime/base/file_kind.h"

namespace run {
namespace {

using base::Error;
using base::Result;
using ImageResult = Result<std::shared_ptr<loader::Image>>;

// Other runtimes have commands in the place of the module.
std::optional<std::string_view> adviseOnCommand(const std::string& module) {
  if (::access(module.c_str(), F_OK) == 0) return std::nullopt;
  if (module == "run" || module == "exec" || module == "serve")
    return "there is no such file, and no command: a module is run with wasmrun MODULE [ARGS...]";
  if (module == "help") return "there is no such file, and no command: see wasmrun --help";
  if (module == "version") return "there is no such file, and no command: see wasmrun --version";
  if (module == "compile" || module == "validate")
    return "there is no such file, and no command: wasm2obj compiles and validates";
  return std::nullopt;
}

template <class... Args>
void say(const Options& options, fmt::format_string<Args...> format, Args&&... args) {
  if (options.verbosity > 0)
    fmt::print(stderr, "wasmrun: {}\n", fmt::format(format, std::forward<Args>(args)...));
}

// Returns the user's cache, or nothing if it is not used or not usable.
std::optional<loader::Cache> openCache(const Options& options) {
  if (!options.useCache) return std::nullopt;
  auto cache = loader::Cache::openDefault();
  if (cache) return std::move(*cache);
  fmt::print(stderr, "wasmrun: no cache, so the module is compiled for this run only: {}\n",
             cache.error().text());
  return std::nullopt;
}

// Returns the cached artifact, or null if there is none or if it does not pass verification.
std::shared_ptr<loader::Image> find(const loader::Cache& cache, const loader::CacheKey& key,
                                    bool isOfAnyCompiler, const Options& options) {
  auto content = isOfAnyCompiler ? cache.findAny(key) : cache.find(key);
  if (content.ok() && !content->has_value()) return nullptr;
  const std::string path = cache.directory() + "/" + loader::Cache::nameOf(key);
  ImageResult image = content ? loader::Image::fromContent(std::move(**content), path)
                              : ImageResult(std::move(content).error());
  say(options, "{}", image ? "found " + path : "not usable: " + image.error().text());
  return image ? std::move(*image) : nullptr;
}

// Stores the artifact in the cache. A failure does not prevent the run.
void keep(const loader::Cache& cache, const loader::CacheKey& key, base::ByteView artifact) {
  if (auto kept = cache.store(key, artifact); !kept)
    fmt::print(stderr, "wasmrun: the compiled module is not kept in the cache: {}\n",
               kept.error().text());
}

// Returns the options for the compiler. Unlike others, --fuel is also one for artifacts.
std::vector<std::string> compilerWords(const Options& options) {
  std::vector<std::string> words = options.compilerOptions;
  if (options.guest.fuel) words.emplace_back("--count-fuel");
  return words;
}

ImageResult compileOrFind(base::ByteView module, const std::string& path, const Options& options) {
  const std::vector<std::string> words = compilerWords(options);
  auto cache = openCache(options);
  auto compiler = compile::CompilerProcess::find();
  const auto key = loader::CacheKey::of(module, words, compiler ? compiler->identity() : "");
  // Without a compiler, the artifact of any build of it is accepted.
  if (cache)
    if (auto image = find(*cache, key, !compiler.ok(), options)) return image;
  if (!compiler) return Error{path, compiler.error().message};
  say(options, "{} compiles {}", compiler->path(), path);
  TRY_ASSIGN(base::FileContent artifact, compiler->compile(module, path, words));
  // Loaded before it is stored, so that no artifact in the cache is invalid.
  auto image = loader::Image::fromMemory(artifact.bytes(), compiler->path());
  if (image.ok() && cache) keep(*cache, key, artifact.bytes());
  return image;
}

}  // namespace

ImageResult openModule(const Options& options, const std::string& path) {
  if (auto advice = adviseOnCommand(path)) return Error{path, std::string(*advice)};
  TRY_ASSIGN(base::FileContent file, base::FileContent::read(path));
  base::FileKind kind = base::fileKind(file.bytes());
  if (kind == base::FileKind::Elf) {
    if (!options.compilerOptions.empty())
      return Error{path, fmt::format("is compiled already: {} is for wasm2obj here",
                                     options.compilerOptions.front())};
    return loader::Image::fromContent(std::move(file), path, options.requiredKeys);
  }
  // The cache is no exception: nobody has signed what is in it.
  if (!options.requiredKeys.empty())
    return Error{
        path,
        "is not an artifact, and only what is signed by the required key is loaded: compile "
        "it with wasm2obj, and sign it with wasm2obj sign --key PRIVATE.pem FILE"};
  if (auto foreign = base::describeForeign(file.bytes())) return Error{path, std::string(*foreign)};
  if (kind == base::FileKind::BinaryModule || kind == base::FileKind::TextModule) {
    return compileOrFind(file.bytes(), path, options);
  }
  return Error{path, kind == base::FileKind::Empty
                         ? "is empty: expected a WebAssembly module, or one that wasm2obj "
                           "compiled"
                         : "is neither a WebAssembly module (it does not begin with \\0asm, "
                           "nor with a parenthesis as text does) nor one that wasm2obj "
                           "compiled (an ELF file)"};
}

}  // namespace run
