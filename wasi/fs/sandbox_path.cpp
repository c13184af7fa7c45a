#include "wasi/fs/sandbox_path.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>

#include "wasi/fs/manual_walk.h"
#include "wasi/types/wire.h"

namespace wasi {
namespace {

// openat2 says EAGAIN when something was renamed while it went through "..".
constexpr int kKernelRetries = 16;

int openat2(int directory, const char* path, int flags, mode_t mode) {
  open_how how{};
  how.flags = static_cast<uint64_t>(flags);
  how.mode = mode;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(::syscall(SYS_openat2, directory, path, &how, sizeof how));
}

// What the kernel makes of the path; nothing where it does not walk it to the end: it has no
// openat2, a filter forbids it (EPERM, as the file itself may), or something keeps moving.
std::optional<Expected<HostFd, Errno>> askKernel(int directory, std::string_view path, int flags,
                                                 mode_t mode) {
  char text[kMaxPath + 1];
  std::memcpy(text, path.data(), path.size());
  text[path.size()] = '\0';
  for (int i = 0; i < kKernelRetries; ++i) {
    int fd = openat2(directory, text, flags, mode);
    if (fd >= 0) return HostFd(fd);
    if (errno == EXDEV) return Errno::Perm;
    if (errno == ENOSYS || errno == EPERM) return std::nullopt;
    if (errno != EAGAIN && errno != EINTR) return lastError();
  }
  return std::nullopt;
}

struct SplitPath {
  std::string_view parent;  // empty: the directory itself
  std::string_view name;
  bool trailingSlash;
};

SplitPath split(std::string_view path) {
  size_t end = path.find_last_not_of('/');
  std::string_view trimmed = path.substr(0, end == path.npos ? 0 : end + 1);
  size_t slash = trimmed.rfind('/');
  size_t start = slash == trimmed.npos ? 0 : slash + 1;
  return {trimmed.substr(0, start), trimmed.substr(start), trimmed.size() != path.size()};
}

}  // namespace

Walk supportedWalk() {
  HostFd here(openat2(AT_FDCWD, ".", O_PATH | O_CLOEXEC, 0));
  bool refused = !here.valid() && (errno == ENOSYS || errno == EPERM);
  return refused ? Walk::Manual : Walk::Kernel;
}

Expected<HostFd, Errno> openBeneath(Beneath root, std::string_view path, int flags, mode_t mode) {
  if (path.size() > kMaxPath) return Errno::NameTooLong;
  flags |= O_CLOEXEC;
  if (root.walk == Walk::Kernel) {
    auto answer = askKernel(root.directory, path, flags, mode);
    if (answer) return std::move(*answer);
  }
  return ManualWalk(root.directory).open(path, flags, mode);
}

Expected<Place, Errno> locate(Beneath root, std::string_view path) {
  if (path.empty()) return Errno::NoEnt;
  if (path.front() == '/') return Errno::Perm;
  SplitPath parts = split(path);
  Place place;
  place.borrowed_ = root.directory;
  place.trailingSlash_ = parts.trailingSlash;
  // "." and ".." name no entry: the directory they lead to stands in, as "." of itself.
  bool isDots = parts.name == "." || parts.name == "..";
  std::string_view parent = isDots ? path : parts.parent;
  std::string_view name = isDots ? "." : parts.name;
  if (name.size() > Place::kMaxName) return Errno::NameTooLong;
  if (!parent.empty()) {
    TRY_ASSIGN(place.owned_, openBeneath(root, parent, O_PATH | O_DIRECTORY));
  }
  std::memcpy(place.name_, name.data(), name.size());
  if (place.trailingSlash_) place.name_[name.size()] = '/';
  return place;
}

Expected<Place, Errno> locateTarget(Beneath root, std::string_view path) {
  std::string current(path);
  char target[kMaxPath + 1];
  for (int links = 0; links <= kMaxLinks; ++links) {
    TRY_ASSIGN(Place place, locate(root, current));
    SplitPath parts = split(current);
    std::string name(parts.name);
    ssize_t size = ::readlinkat(place.directory(), name.c_str(), target, sizeof target);
    if (size < 0) return place;
    std::string next(parts.parent);
    next.append(target, static_cast<size_t>(size));
    if (size > 0 && target[0] == '/') return Errno::Perm;
    if (parts.trailingSlash) next += '/';
    if (next.size() > kMaxPath) return Errno::NameTooLong;
    current = std::move(next);
  }
  return Errno::Loop;
}

bool isPlainName(std::string_view path) {
  return !path.empty() && path != ".." && path.find('/') == path.npos;
}

}  // namespace wasi
