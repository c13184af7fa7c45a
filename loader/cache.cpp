#include "loader/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <limits.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <utility>

#include "loader/host/cpu_features.h"
#include "loader/host/root_user.h"
#include "runtime/abi/abi_hash.h"
#include "runtime/base/memory_file.h"

namespace loader {
namespace {

using base::Error;
using base::OwnedFd;
using base::Result;

constexpr char kFolder[] = "/wasm2obj";
constexpr char kSuffix[] = ".so";
// The hash of the compiler is not under an attacker's control, so that a part of it suffices.
constexpr size_t kCompilerDigits = 16;
// The prefix of files that are being written, or whose writer was killed.
constexpr char kUnfinished[] = "unfinished-";
// Locks are files that stay, so that their number is limited: one for each beginning of a hash.
constexpr char kLock[] = "lock-";
constexpr size_t kLockDigits = 2;
constexpr time_t kAbandonedAfter = 24 * 60 * 60;  // seconds

Error systemError(const std::string& where) { return Error{where, std::strerror(errno)}; }

// Returns the current path of an open directory, for messages.
std::string presentName(int directory) {
  char path[PATH_MAX];
  std::string self = fmt::format("/proc/self/fd/{}", directory);
  ssize_t size = ::readlink(self.c_str(), path, sizeof path);
  return size > 0 ? std::string(path, static_cast<size_t>(size)) : "a directory above the cache";
}

// Fails if users other than root and this one can replace the entries of the directory. Write
// access of the user's own group or of root's is allowed, as it is usual with a umask of 002.
Result<void> checkUnreachable(int directory) {
  struct stat status;
  if (::fstat(directory, &status) != 0) return systemError(presentName(directory));
  if (status.st_uid != 0 && status.st_uid != rootUser() && status.st_uid != ::geteuid())
    return Error{presentName(directory), "belongs to another user"};
  bool isOwnGroup = status.st_gid == 0 || status.st_gid == ::getegid();
  bool othersWrite =
      (status.st_mode & S_IWOTH) != 0 || ((status.st_mode & S_IWGRP) != 0 && !isOwnGroup);
  // With the sticky bit (/tmp), others can add entries, but not rename or remove ours.
  if (othersWrite && (status.st_mode & S_ISVTX) == 0)
    return Error{presentName(directory),
                 fmt::format("others may change it (mode {:o})", status.st_mode & 07777)};
  return {};
}

// Checks a directory and all its ancestors. They are reached by "..", not by the path that led to
// the directory, which may contain symbolic links.
Result<void> checkUnreachableUpwards(OwnedFd directory) {
  for (;;) {
    TRY(checkUnreachable(directory.get()));
    OwnedFd above(::openat(directory.get(), "..", O_PATH | O_DIRECTORY | O_CLOEXEC));
    struct stat here;
    struct stat there;
    if (!above.isValid() || ::fstat(directory.get(), &here) != 0 ||
        ::fstat(above.get(), &there) != 0)
      return systemError(presentName(directory.get()));
    // Only the root directory is its own parent.
    if (here.st_dev == there.st_dev && here.st_ino == there.st_ino) return {};
    directory = std::move(above);
  }
}

// Fails if other users can enter the cache directory, or could have put it in place.
Result<void> checkPrivate(int directory, const std::string& path) {
  struct stat status;
  if (::fstat(directory, &status) != 0) return systemError(path);
  if (status.st_uid != ::geteuid()) return Error{path, "belongs to another user"};
  if ((status.st_mode & 077) != 0)
    return Error{
        path, fmt::format("others may enter it (mode {:o}, expected 700)", status.st_mode & 0777)};
  if (::faccessat(directory, ".", W_OK | X_OK, 0) != 0) return systemError(path);
  OwnedFd above(::openat(directory, "..", O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!above.isValid()) return systemError(path);
  return checkUnreachableUpwards(std::move(above));
}

// Opens the directory `name` in `above`. It may be a symbolic link unless it is the last component
// of the path. Creates it if it is missing, provided that no other user could have created it.
Result<OwnedFd> enter(int above, const std::string& name, bool isLast) {
  const int flags = O_DIRECTORY | O_CLOEXEC | (isLast ? O_RDONLY | O_NOFOLLOW : O_PATH);
  OwnedFd found(::openat(above, name.c_str(), flags));
  if (!found.isValid() && errno == ENOENT) {
    TRY(checkUnreachableUpwards(OwnedFd(::openat(above, ".", O_PATH | O_CLOEXEC))));
    if (::mkdirat(above, name.c_str(), 0700) != 0 && errno != EEXIST) return systemError("");
    found = OwnedFd(::openat(above, name.c_str(), flags | O_NOFOLLOW));
  }
  if (!found.isValid()) return systemError("");
  return found;
}

// Opens the directory at the absolute `path` component by component. Creates missing components.
Result<OwnedFd> openDirectory(const std::string& path) {
  OwnedFd directory(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  for (size_t begin = path.find_first_not_of('/'); begin != std::string::npos;) {
    size_t end = std::min(path.find('/', begin), path.size());
    size_t next = path.find_first_not_of('/', end);
    auto entered =
        enter(directory.get(), path.substr(begin, end - begin), next == std::string::npos);
    if (!entered)
      return entered.error().where.empty() ? Error{path.substr(0, end), entered.error().message}
                                           : entered.error();
    directory = std::move(*entered);
    begin = next;
  }
  return directory;
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
void forEachFile(int directory, Visit visit) {
  // A separate open file, as reading a directory changes the offset.
  int own = ::openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  std::unique_ptr<DIR, int (*)(DIR*)> handle(own < 0 ? nullptr : ::fdopendir(own), ::closedir);
  if (handle == nullptr) return;
  while (const dirent* entry = ::readdir(handle.get())) {
    std::string name = entry->d_name;
    if (name != "." && name != "..") visit(name);
  }
}

// Returns a name that no other writer uses, in this process or another. If there are no random
// bytes, O_EXCL detects a collision.
std::string unfinishedName() {
  uint64_t random = 0;
  [[maybe_unused]] ssize_t count = ::getrandom(&random, sizeof random, 0);
  return fmt::format("{}{}-{:016x}{}", kUnfinished, ::getpid(), random, kSuffix);
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
  // The XDG specification demands that relative paths are ignored.
  if (xdg != nullptr && xdg[0] == '/') return open(std::string(xdg) + kFolder);
  TRY_ASSIGN(std::string home, homeDirectory());
  return open(home + "/.cache" + kFolder);
}

Result<Cache> Cache::open(const std::string& directory) {
  TRY_ASSIGN(OwnedFd fd, openDirectory(directory));
  TRY(checkPrivate(fd.get(), directory));
  return Cache(directory, std::move(fd));
}

std::string Cache::nameOf(const CacheKey& key) {
  return fmt::format("{}-{}{}", key.module, key.compiler, kSuffix);
}

Result<std::optional<base::FileContent>> Cache::find(const CacheKey& key) const {
  return read(nameOf(key));
}

Result<std::optional<base::FileContent>> Cache::findAny(const CacheKey& key) const {
  std::string found;
  forEachFile(fd_.get(), [&](const std::string& name) {
    if (name.rfind(key.module, 0) == 0) found = name;
  });
  if (found.empty()) return std::optional<base::FileContent>();
  return read(found);
}

Result<std::optional<base::FileContent>> Cache::read(const std::string& name) const {
  // O_NONBLOCK: a FIFO must not block the open. It is refused by readRegular().
  const std::string path = directory_ + "/" + name;
  OwnedFd file(::openat(fd_.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.isValid() && errno == ENOENT) return std::optional<base::FileContent>();
  struct stat status;
  if (!file.isValid() || ::fstat(file.get(), &status) != 0) return systemError(path);
  if (status.st_uid != ::geteuid()) return Error{path, "belongs to another user"};
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return Error{path, fmt::format("others may change it (mode {:o})", status.st_mode & 0777)};
  TRY_ASSIGN(base::FileContent content, base::FileContent::readRegular(file.get(), path));
  return std::optional(std::move(content));
}

Result<void> Cache::store(const CacheKey& key, base::ByteView artifact) const {
  removeAbandoned();
  const std::string unfinished = unfinishedName();
  OwnedFd file(
      ::openat(fd_.get(), unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.isValid()) return systemError(directory_);
  auto written = base::writeAll(file.get(), artifact, directory_);
  // Some file systems, such as NFS, report only now that there is no space.
  if (::close(file.release()) != 0 && written.ok()) written = systemError(directory_);
  if (written.ok() &&
      ::renameat(fd_.get(), unfinished.c_str(), fd_.get(), nameOf(key).c_str()) != 0)
    written = systemError(directory_);
  if (!written) ::unlinkat(fd_.get(), unfinished.c_str(), 0);
  return written;
}

Result<OwnedFd> Cache::lock(const CacheKey& key) const {
  const std::string name = kLock + key.module.substr(0, kLockDigits);
  OwnedFd file(::openat(fd_.get(), name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.isValid()) return systemError(directory_ + "/" + name);
  while (::flock(file.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return systemError(directory_ + "/" + name);
  }
  return file;
}

void Cache::removeAbandoned() const {
  const time_t now = std::time(nullptr);
  forEachFile(fd_.get(), [&](const std::string& name) {
    if (name.rfind(kUnfinished, 0) != 0) return;
    struct stat status;
    if (::fstatat(fd_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        now - status.st_mtime > kAbandonedAfter)
      ::unlinkat(fd_.get(), name.c_str(), 0);
  });
}

}  // namespace loader
