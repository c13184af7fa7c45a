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

// openat2 fails with EAGAIN if it resolves ".." while a rename or mount happens anywhere in the
// system. The number of retries is bounded, so that a process that renames all the time cannot hold
// up the guest; ManualWalk does not depend on renames.
constexpr int kKernelRetries = 16;

// Not every version of glibc has a wrapper. RESOLVE_BENEATH implies RESOLVE_NO_MAGICLINKS, but
// openat2(2) does not guarantee that for the future, and the magic links of /proc lead anywhere.
int openat2(int directory, const char* path, int flags, mode_t mode) {
  open_how how{};
  how.flags = static_cast<uint64_t>(flags);
  how.mode = mode;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(::syscall(SYS_openat2, directory, path, &how, sizeof how));
}

// Opens the path with openat2. Returns nothing if the kernel's answer is not final, and the caller
// must walk the path itself: there is no openat2 (ENOSYS), a seccomp filter forbids it (EPERM,
// which may also be the errno of the file), or EAGAIN persists. Requires a path of at most kMaxPath
// bytes.
std::optional<Expected<HostFd, Errno>> askKernel(int directory, std::string_view path, int flags,
                                                 mode_t mode) {
  char text[kMaxPath + 1];
  std::memcpy(text, path.data(), path.size());
  text[path.size()] = '\0';
  for (int i = 0; i < kKernelRetries; ++i) {
    int fd = openat2(directory, text, flags, mode);
    if (fd >= 0) return HostFd(fd);
    // RESOLVE_BENEATH fails with EXDEV if the path leads out.
    if (errno == EXDEV) return Errno::Perm;
    if (errno == ENOSYS || errno == EPERM) return std::nullopt;
    if (errno != EAGAIN && errno != EINTR) return lastError();
  }
  return std::nullopt;
}

struct SplitPath {
  std::string_view parent;  // all up to the last component, with slashes; empty for the root itself
  std::string_view name;    // the last component, without slashes
  bool trailingSlash;
};

// Splits a path at its last component, which may be followed by any number of slashes.
SplitPath split(std::string_view path) {
  size_t end = path.find_last_not_of('/');
  std::string_view trimmed = path.substr(0, end == path.npos ? 0 : end + 1);
  size_t slash = trimmed.rfind('/');
  size_t start = slash == trimmed.npos ? 0 : slash + 1;
  return {trimmed.substr(0, start), trimmed.substr(start), trimmed.size() != path.size()};
}

}  // namespace

Walk supportedWalk() {
  // Other errors (EMFILE, say) do not mean that openat2 is missing.
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
  // A path with one component has no parent to resolve, so openBeneath() would not see this.
  if (path.front() == '/') return Errno::Perm;
  SplitPath parts = split(path);
  Place place;
  place.borrowed_ = root.directory;
  place.trailingSlash_ = parts.trailingSlash;
  // The kernel must not get "..", which leads out if the parent is the root. The whole path is
  // resolved in the sandbox instead, and "." in the result is an equivalent name.
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
  // Each round replaces the last component by the text of the link, relative to the same parent,
  // and resolves the new path from the root.
  std::string current(path);
  char target[kMaxPath + 1];
  for (int links = 0; links <= kMaxLinks; ++links) {
    TRY_ASSIGN(Place place, locate(root, current));
    SplitPath parts = split(current);
    // Without the trailing slash, with which readlinkat would follow the link.
    std::string name(parts.name);
    ssize_t size = ::readlinkat(place.directory(), name.c_str(), target, sizeof target);
    // EINVAL: not a link. Other errors, ENOENT for example, are left to the call that uses the
    // place.
    if (size < 0) return place;
    std::string next(parts.parent);
    next.append(target, static_cast<size_t>(size));
    // The parent in front would make an absolute target look relative.
    if (size > 0 && target[0] == '/') return Errno::Perm;
    if (parts.trailingSlash) next += '/';
    // `target` has room for more than kMaxPath bytes, so a target that was cut off fails here.
    if (next.size() > kMaxPath) return Errno::NameTooLong;
    current = std::move(next);
  }
  return Errno::Loop;
}

bool isPlainName(std::string_view path) {
  return !path.empty() && path != ".." && path.find('/') == path.npos;
}

}  // namespace wasi
