#include "loader/crun/prepare.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string_view>

#include "loader/cache.h"
#include "loader/compile/compiler_process.h"
#include "loader/crun/confine.h"
#include "loader/host/root_user.h"
#include "runtime/base/file_kind.h"

namespace crun {
namespace {

using base::Error;
using base::FileContent;
using base::OwnedFd;
using base::Result;
using compile::CompilerProcess;

constexpr char kCacheDirectory[] = "/var/cache/wasm2obj";
constexpr std::array kCompilers = {"/usr/bin/wasm2obj", "/usr/local/bin/wasm2obj"};
constexpr off_t kMaxModuleSize = off_t{256} << 20;
// The first bytes of a file, which tell its kind.
constexpr size_t kBeginning = 4096;
// Kubernetes gives up after some minutes, and tries again.
constexpr compile::Confinement kConfinement = {enterConfinement, kCompilerSeconds};

// Returns the installed compiler. It runs with few rights, but its results run in containers, so
// that only root may have been able to put it there.
std::optional<CompilerProcess> findCompiler() {
  for (const char* path : kCompilers) {
    struct stat status;
    if (::stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
        status.st_uid == loader::rootUser() && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0 &&
        ::access(path, X_OK) == 0)
      return CompilerProcess::at(path);
  }
  return std::nullopt;
}

// Returns the node's cache or, for users other than root, their own. Prints a warning if there is
// none.
std::optional<loader::Cache> openCache() {
  auto cache = loader::Cache::open(kCacheDirectory);
  if (cache) return std::move(*cache);
  auto own = loader::Cache::openDefault();
  if (own) return std::move(*own);
  fmt::print(stderr,
             "wasm2obj: warning: no cache, so the module is compiled for this container only: {}\n",
             cache.error().text());
  return std::nullopt;
}

// Returns what the cache has under the key. Artifacts that cannot be read are compiled again.
std::optional<FileContent> find(const loader::Cache& cache, const loader::CacheKey& key,
                                bool hasCompiler) {
  auto content = hasCompiler ? cache.find(key) : cache.findAny(key);
  // The name becomes visible once the file is complete, but only a system that does not crash then
  // has written its content.
  if (!content.ok() || !content->has_value() || (**content).bytes().empty()) return std::nullopt;
  return std::move(**content);
}

// A compiled module, and what messages call it.
struct Compiled {
  FileContent artifact;
  std::string name;
};

Result<Compiled> compileModule(const std::optional<CompilerProcess>& compiler,
                               base::ByteView module, const std::string& path) {
  if (!compiler)
    return Error{path,
                 "is not compiled, and wasm2obj is not installed on this node: install it in "
                 "/usr/bin, or put a module into the image that wasm2obj has compiled"};
  auto artifact = compiler->compileConfined(module, path, kConfinement);
  if (!artifact) return Error{path, "cannot be compiled: " + artifact.error().text()};
  return Compiled{std::move(*artifact), path};
}

// Compiles a module, or finds it in the cache. Of several processes that want the same module, one
// compiles it and the others wait.
Result<Compiled> compileOrFind(base::ByteView module, const std::string& path) {
  auto cache = openCache();
  auto compiler = findCompiler();
  if (!cache) return compileModule(compiler, module, path);
  const auto key = loader::CacheKey::of(module, {}, compiler ? compiler->identity() : "");
  const std::string name =
      fmt::format("{} (compiled: {}/{})", path, cache->directory(), loader::Cache::nameOf(key));
  if (auto found = find(*cache, key, compiler.has_value()))
    return Compiled{std::move(*found), name};
  TRY_ASSIGN(OwnedFd lock, cache->lock(key));
  if (auto found = find(*cache, key, compiler.has_value()))
    return Compiled{std::move(*found), name};
  TRY_ASSIGN(Compiled compiled, compileModule(compiler, module, path));
  if (auto kept = cache->store(key, compiled.artifact.bytes()); !kept)
    fmt::print(stderr, "wasm2obj: warning: the compiled module is not kept: {}\n",
               kept.error().text());
  return compiled;
}

// Returns whether the file is to be compiled. Text is accepted only under a name that says so,
// since other files may begin with a parenthesis.
bool isModule(const EntryPoint& entry) {
  uint8_t bytes[kBeginning];
  ssize_t size = ::pread(entry.file.get(), bytes, sizeof bytes, 0);
  if (size <= 0) return false;
  base::FileKind kind = base::fileKind({bytes, static_cast<size_t>(size)});
  return kind == base::FileKind::BinaryModule ||
         (kind == base::FileKind::TextModule && entry.path.ends_with(".wat"));
}

}  // namespace

Result<std::optional<Prepared>> prepare(const Bundle& bundle) {
  if (bundle.program.empty()) return std::optional<Prepared>();
  TRY_ASSIGN(auto entry, findEntryPoint(bundle));
  if (!entry || !isModule(*entry)) return std::optional<Prepared>();
  if (entry->identity.size > kMaxModuleSize)
    return Error{entry->path, fmt::format("has {} bytes; the limit for modules is {}",
                                          entry->identity.size, kMaxModuleSize)};
  TRY_ASSIGN(FileContent module, FileContent::readRegular(entry->file.get(), entry->path));
  TRY_ASSIGN(Compiled compiled, compileOrFind(module.bytes(), entry->path));
  return std::optional(
      Prepared{entry->identity, std::move(compiled.artifact), std::move(compiled.name)});
}

}  // namespace crun
