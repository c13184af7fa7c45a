#include "loader/run/open_module.h"

#include <elf.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string_view>

#include "loader/cache.h"
#include "loader/run/compiler_process.h"

namespace run {
namespace {

using base::Error;
using base::Result;
using ImageResult = Result<std::shared_ptr<loader::Image>>;

constexpr std::string_view kElfMagic(ELFMAG, SELFMAG);
constexpr std::string_view kWasmMagic("\0asm", 4);

// Whether the first thing after blanks is a parenthesis or a comment: a module as text.
bool looksLikeText(std::string_view content) {
  size_t first = content.find_first_not_of(" \t\r\n");
  return first != content.npos && (content[first] == '(' || content[first] == ';');
}

template <class... Args>
void say(const Options& options, fmt::format_string<Args...> format, Args&&... args) {
  if (options.verbosity > 0)
    fmt::print(stderr, "wasmrun: {}\n", fmt::format(format, std::forward<Args>(args)...));
}

// The module's file at one moment: compiling reads it again, and the cache must not learn bytes
// under the name of others.
class Moment {
 public:
  explicit Moment(int fd) { known_ = ::fstat(fd, &status_) == 0; }
  bool isStill(const std::string& path) const {
    struct stat now;
    return known_ && ::stat(path.c_str(), &now) == 0 && now.st_ino == status_.st_ino &&
           now.st_dev == status_.st_dev && now.st_size == status_.st_size &&
           sameTime(now.st_mtim, status_.st_mtim) && sameTime(now.st_ctim, status_.st_ctim);
  }

 private:
  static bool sameTime(const timespec& a, const timespec& b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
  }
  struct stat status_ {};
  bool known_;
};

// The user's cache, or a directory that lives as long as this process where there is none.
Result<loader::Cache> openCache(const Options& options) {
  if (!options.useCache) return loader::Cache::temporary();
  auto cache = loader::Cache::openDefault();
  if (cache) return cache;
  fmt::print(stderr, "wasmrun: no cache, so the module is compiled for this run only: {}\n",
             cache.error().text());
  return loader::Cache::temporary();
}

ImageResult compileInto(const loader::Cache& cache, const loader::CacheKey& key,
                        const CompilerProcess& compiler, const Options& options,
                        const Moment& moment) {
  TRY_ASSIGN(std::string file, cache.createFile());
  say(options, "{} -o {} {}", compiler.path(), file, options.module);
  ImageResult image = Error{};
  if (auto compiled = compiler.compile(options.module, file, options.compilerOptions); !compiled)
    image = std::move(compiled).error();
  else
    image = loader::Image::open(file);
  if (image.ok() && !moment.isStill(options.module))
    image = Error{options.module, "changed while it was being compiled; run it again"};
  if (!image) {
    ::unlink(file.c_str());
    return image;
  }
  TRY(cache.publish(file, key));
  return image;
}

// The cached artifact, or nothing where there is none that is whole.
std::shared_ptr<loader::Image> find(const std::string& path, const Options& options) {
  if (path.empty() || ::access(path.c_str(), F_OK) != 0) return nullptr;
  auto image = loader::Image::open(path);
  say(options, "{}", image ? "found " + path : "not usable: " + image.error().text());
  return image ? std::move(*image) : nullptr;
}

ImageResult compileOrFind(const base::MappedFile& file, const Options& options) {
  const Moment moment(file.descriptor());
  TRY_ASSIGN(loader::Cache cache, openCache(options));
  auto compiler = CompilerProcess::find();
  const auto key = loader::CacheKey::of(file.bytes(), options.compilerOptions,
                                        compiler ? compiler->identity() : "");
  if (auto image = find(compiler ? cache.pathOf(key) : cache.anyPathOf(key), options)) return image;
  if (!compiler) return Error{options.module, compiler.error().message};
  return compileInto(cache, key, *compiler, options, moment);
}

}  // namespace

ImageResult openModule(const Options& options) {
  TRY_ASSIGN(base::MappedFile file, base::MappedFile::open(options.module));
  std::string_view content = base::asText(file.bytes());
  if (content.starts_with(kElfMagic)) {
    if (!options.compilerOptions.empty())
      return Error{options.module, fmt::format("is compiled already: {} is for wasm2obj here",
                                               options.compilerOptions.front())};
    return loader::Image::fromFile(std::move(file), options.module);
  }
  if (content.starts_with(kWasmMagic) || looksLikeText(content)) {
    return compileOrFind(file, options);
  }
  return Error{options.module,
               content.empty() ? "is empty: expected a WebAssembly module, or one that wasm2obj "
                                 "compiled"
                               : "is neither a WebAssembly module (it does not begin with \\0asm, "
                                 "nor with a parenthesis as text does) nor one that wasm2obj "
                                 "compiled (an ELF file)"};
}

}  // namespace run
