#include "wasi/fs/manual_walk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "wasi/fs/retry_interrupted.h"
#include "wasi/types/wire.h"

namespace wasi {
namespace {

int openRetrying(int directory, const char* name, int flags, mode_t mode) {
  return retryInterrupted([&] { return ::openat(directory, name, flags, mode); });
}

}  // namespace

Expected<HostFd, Errno> ManualWalk::open(std::string_view path, int flags, mode_t mode) {
  rest_ = path;
  if (rest_.empty()) return Errno::NoEnt;
  for (;;) {
    Component component;
    TRY(next(component));
    bool isDots = component.name == "." || component.name == "..";
    // The last component is opened with the caller's flags in one system call, so that O_CREAT with
    // O_EXCL is atomic. With a slash or dots it can only be a directory and is entered like the
    // components before it.
    if (component.last && !component.trailingSlash && !isDots) {
      TRY_ASSIGN(HostFd opened, openLast(component, flags, mode));
      if (opened.valid()) return opened;
      continue;
    }
    // As open(2) does, even if the path does not exist.
    if (component.last && (flags & O_CREAT) != 0) return Errno::IsDir;
    TRY(enter(component));
    // `rest_` is not empty if the last component was a link. O_NOFOLLOW concerns the link only and
    // is not passed on with ".".
    if (rest_.empty()) {
      int fd = openRetrying(current(), ".", flags & ~O_NOFOLLOW, mode);
      if (fd < 0) return lastError();
      return HostFd(fd);
    }
  }
}

Errno ManualWalk::next(Component& result) {
  // Covers the guest's path and the target of a link. The kernel's RESOLVE_BENEATH refuses absolute
  // links too, even those that point into the root.
  if (rest_.front() == '/') return Errno::Perm;
  size_t slash = rest_.find('/');
  result.name = rest_.substr(0, slash);
  size_t after = slash == rest_.npos ? rest_.npos : rest_.find_first_not_of('/', slash);
  result.trailingSlash = slash != rest_.npos;
  result.last = after == rest_.npos;
  rest_ = result.last ? std::string() : rest_.substr(after);
  return Errno::Success;
}

Errno ManualWalk::enter(const Component& component) {
  if (component.name == ".") return Errno::Success;
  if (component.name == "..") {
    // Each directory on the stack was entered from the one below it. The kernel's ".." would be the
    // present parent, which another process may have changed.
    if (held_.empty()) return Errno::Perm;
    held_.pop_back();
    return Errno::Success;
  }
  // O_PATH needs no read permission, and has no effect on pipes and devices. The type is that of
  // the open file: a separate lstat could see another file than the one that is entered.
  int flags = O_PATH | O_NOFOLLOW | O_CLOEXEC;
  HostFd entered(openRetrying(current(), component.name.c_str(), flags, 0));
  if (!entered.valid()) return lastError();
  struct stat status;
  TRY(checkSystemCall(::fstat(entered.get(), &status)));
  if (S_ISLNK(status.st_mode)) return expandLink(component);
  if (!S_ISDIR(status.st_mode)) return Errno::NotDir;
  held_.push_back(std::move(entered));
  return Errno::Success;
}

Errno ManualWalk::expandLink(const Component& component) {
  char target[kMaxPath + 1];
  // If the link was replaced since it was recognized, this reads the new one, or fails. Its text is
  // walked with the same checks in either case.
  ssize_t size = ::readlinkat(current(), component.name.c_str(), target, sizeof target);
  if (size < 0) return lastError();
  if (++links_ > kMaxLinks) return Errno::Loop;
  std::string rest(target, static_cast<size_t>(size));
  // POSIX allows ENOENT for an empty link. next() requires a rest that is not empty.
  if (rest.empty()) return Errno::NoEnt;
  // next() has removed the slash behind the link, which still separates the target from the rest.
  if (component.trailingSlash) rest += '/';
  rest_ = rest + rest_;
  return Errno::Success;
}

Expected<HostFd, Errno> ManualWalk::openLast(const Component& component, int flags, mode_t mode) {
  // O_NOFOLLOW even if links are to be followed: the kernel would follow them out of the sandbox.
  bool follow = (flags & O_NOFOLLOW) == 0;
  HostFd opened(openRetrying(current(), component.name.c_str(), flags | O_NOFOLLOW, mode));
  if (!opened.valid()) {
    int reason = errno;
    // O_NOFOLLOW fails for a link with ELOOP, or with ENOTDIR if O_DIRECTORY is set. ENOTDIR may
    // also mean another file, for which expandLink() fails and the errno of open(2) stands.
    bool maybeLink = reason == ELOOP || (reason == ENOTDIR && (flags & O_DIRECTORY) != 0);
    if (follow && maybeLink) {
      Errno expanded = expandLink(component);
      if (expanded == Errno::Success) return HostFd();
      if (expanded == Errno::Loop) return expanded;
    }
    return fromHostErrno(reason);
  }
  // With O_PATH and O_NOFOLLOW, open(2) returns a descriptor of the link itself.
  if (follow && (flags & O_PATH) != 0) {
    struct stat status;
    TRY(checkSystemCall(::fstat(opened.get(), &status)));
    if (S_ISLNK(status.st_mode)) {
      TRY(expandLink(component));
      return HostFd();
    }
  }
  return opened;
}

}  // namespace wasi
