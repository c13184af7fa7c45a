#include "loader/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <utility>

#include "loader/cpu_features.h"
#include "runtime/abi/abi_hash.h"

namespace loader {
namespace {

using base::Error;
using base::Result;

constexpr char kFolder[] = "/wasm2obj";
constexpr char kSuffix[] = ".so";
// No one can choose a compiler's hash to collide, so a few digits do.
constexpr size_t kCompilerDigits = 16;
// Files that a compiler is still writing, or was when it was killed.
constexpr char kUnfinished[] = "unfinished-";
constexpr time_t kAbandonedAfter = 24 * 60 * 60;  // seconds

Error systemError(const std::string& where) { return Error{where, std::strerror(errno)}; }

// Makes the directory and what leads to it; what exists is left as it is.
Result<void> makeDirectories(const std::string& path) {
  for (size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    std::string part = path.substr(0, slash);
    if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) return systemError(part);
    if (slash == std::string::npos) return {};
  }
}

// An artifact is code that will run, so the directory must be beyond the reach of others.
Result<void> checkPrivate(const std::string& directory) {
  struct stat status;
  if (::lstat(directory.c_str(), &status) != 0) return systemError(directory);
  if (!S_ISDIR(status.st_mode)) return Error{directory, "is not a directory"};
  if (status.st_uid != ::geteuid()) return Error{directory, "belongs to another user"};
  if ((status.st_mode & 077) != 0)
    return Error{directory, fmt::format("others may enter it (mode {:o}, expected 700)",
                                        status.st_mode & 0777)};
  if (::access(directory.c_str(), W_OK | X_OK) != 0) return systemError(directory);
  return {};
}

Result<std::string> homeDirectory() {
  const char* home = std::getenv("HOME");
  if (home == nullptr || home[0] != '/') {
    const passwd* entry = ::getpwuid(::geteuid());
    home = entry == nullptr ? nullptr : entry->pw_dir;
  }
  if (home == nullptr || home[0] != '/')
    return Error{"", "there is no home directory; set XDG_CACHE_HOME"};
  return std::string(home);
}

template <class Visit>
void forEachFile(const std::string& directory, Visit visit) {
  DIR* handle = ::opendir(directory.c_str());
  if (handle == nullptr) return;
  while (const dirent* entry = ::readdir(handle)) {
    std::string name = entry->d_name;
    if (name != "." && name != "..") visit(name);
  }
  ::closedir(handle);
}

}  // namespace

CacheKey CacheKey::of(base::ByteView module, const std::vector<std::string>& options,
                      std::string_view compiler) {
  base::Blake2b hash;
  hash.addField(abi::kAbiHash).addField(abi::kFormatVersion).addField(archName(hostArch()));
  for (uint64_t word : hostCpuFeatures()) hash.addField(word);
  hash.addField(base::asText(module));
  for (const std::string& option : options) hash.addField(option);
  return {base::hexText(hash.digest()),
          base::hexText(base::Blake2b().addField(compiler).digest()).substr(0, kCompilerDigits)};
}

Result<Cache> Cache::openDefault() {
  const char* xdg = std::getenv("XDG_CACHE_HOME");
  // The XDG specification has relative paths ignored.
  if (xdg != nullptr && xdg[0] == '/') return open(std::string(xdg) + kFolder);
  TRY_ASSIGN(std::string home, homeDirectory());
  return open(home + "/.cache" + kFolder);
}

Result<Cache> Cache::open(const std::string& directory) {
  TRY(makeDirectories(directory));
  TRY(checkPrivate(directory));
  return Cache(directory, false);
}

Result<Cache> Cache::temporary() {
  const char* base = std::getenv("TMPDIR");
  std::string path =
      (base != nullptr && base[0] == '/' ? std::string(base) : "/tmp") + "/wasm2obj-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) return systemError(path);
  return Cache(path, true);
}

Cache::Cache(Cache&& other) noexcept
    : directory_(std::exchange(other.directory_, {})), isTemporary_(other.isTemporary_) {}

Cache::~Cache() {
  if (!isTemporary_ || directory_.empty()) return;
  forEachFile(directory_,
              [&](const std::string& name) { ::unlink((directory_ + "/" + name).c_str()); });
  ::rmdir(directory_.c_str());
}

std::string Cache::pathOf(const CacheKey& key) const {
  return fmt::format("{}/{}-{}{}", directory_, key.module, key.compiler, kSuffix);
}

std::string Cache::anyPathOf(const CacheKey& key) const {
  std::string path;
  forEachFile(directory_, [&](const std::string& name) {
    if (name.rfind(key.module, 0) == 0) path = directory_ + "/" + name;
  });
  return path;
}

Result<std::string> Cache::createFile() const {
  removeAbandoned();
  std::string path = fmt::format("{}/{}XXXXXX{}", directory_, kUnfinished, kSuffix);
  int fd = ::mkostemps(path.data(), sizeof kSuffix - 1, O_CLOEXEC);
  if (fd < 0) return systemError(directory_);
  ::close(fd);
  return path;
}

Result<void> Cache::publish(const std::string& file, const CacheKey& key) const {
  if (::rename(file.c_str(), pathOf(key).c_str()) != 0) return systemError(directory_);
  return {};
}

void Cache::removeAbandoned() const {
  const time_t now = std::time(nullptr);
  forEachFile(directory_, [&](const std::string& name) {
    if (name.rfind(kUnfinished, 0) != 0) return;
    std::string path = directory_ + "/" + name;
    struct stat status;
    if (::stat(path.c_str(), &status) == 0 && now - status.st_mtime > kAbandonedAfter)
      ::unlink(path.c_str());
  });
}

}  // namespace loader
