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
    if (component.last && !component.trailingSlash && !isDots) {
      TRY_ASSIGN(HostFd opened, openLast(component, flags, mode));
      if (opened.valid()) return opened;
      continue;
    }
    if (component.last && (flags & O_CREAT) != 0) return Errno::IsDir;
    TRY(enter(component));
    if (rest_.empty()) {
      int fd = openRetrying(current(), ".", flags & ~O_NOFOLLOW, mode);
      if (fd < 0) return lastError();
      return HostFd(fd);
    }
  }
}

Errno ManualWalk::next(Component& result) {
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
    if (held_.empty()) return Errno::Perm;
    held_.pop_back();
    return Errno::Success;
  }
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
  ssize_t size = ::readlinkat(current(), component.name.c_str(), target, sizeof target);
  if (size < 0) return lastError();
  if (++links_ > kMaxLinks) return Errno::Loop;
  std::string rest(target, static_cast<size_t>(size));
  if (rest.empty()) return Errno::NoEnt;
  if (component.trailingSlash) rest += '/';
  rest_ = rest + rest_;
  return Errno::Success;
}

Expected<HostFd, Errno> ManualWalk::openLast(const Component& component, int flags, mode_t mode) {
  bool follow = (flags & O_NOFOLLOW) == 0;
  HostFd opened(openRetrying(current(), component.name.c_str(), flags | O_NOFOLLOW, mode));
  if (!opened.valid()) {
    int reason = errno;
    bool maybeLink = reason == ELOOP || (reason == ENOTDIR && (flags & O_DIRECTORY) != 0);
    if (follow && maybeLink) {
      Errno expanded = expandLink(component);
      if (expanded == Errno::Success) return HostFd();
      if (expanded == Errno::Loop) return expanded;
    }
    return fromHostErrno(reason);
  }
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
