#include "loader/crun/entry_point.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace crun {
namespace {

using base::Error;
using base::OwnedFd;
using base::Result;

// Opens a file without reading it. `path` cannot leave the directory.
Result<OwnedFd> openBeneath(int directory, const std::string& path) {
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  long fd = ::syscall(SYS_openat2, directory, path.c_str(), &how, sizeof how);
  if (fd < 0 && errno == ENOSYS)
    return Error{path, "cannot be opened within the container: that needs Linux 5.6 or later"};
  return OwnedFd(static_cast<int>(fd));
}

// Returns whether `path` is `directory` or below it. Both are normalized.
bool isWithin(std::string_view path, std::string_view directory) {
  if (directory == "/") return true;
  return path.starts_with(directory) &&
         (path.size() == directory.size() || path[directory.size()] == '/');
}

// Returns the mount that covers a path, or null.
const Mount* mountOf(const Bundle& bundle, const std::string& path) {
  const Mount* found = nullptr;
  size_t longest = 0;
  for (const Mount& mount : bundle.mounts) {
    std::string destination = normalized(mount.destination);
    // Later mounts cover earlier ones.
    if (isWithin(path, destination) && destination.size() >= longest) {
      found = &mount;
      longest = destination.size();
    }
  }
  return found;
}

// Opens the place of a path in the host's file system, or returns no descriptor.
Result<OwnedFd> openOnHost(const Bundle& bundle, const std::string& path) {
  const Mount* mount = mountOf(bundle, path);
  if (mount != nullptr && mount->source.empty()) return OwnedFd();
  const std::string& root = mount == nullptr ? bundle.root : mount->source;
  OwnedFd top(::open(root.c_str(), O_PATH | O_CLOEXEC));
  if (!top.isValid()) return OwnedFd();
  size_t covered = mount == nullptr ? 0 : normalized(mount->destination).size();
  if (covered == path.size()) return top;  // a file is mounted
  return openBeneath(top.get(), path.substr(covered));
}

// Opens a regular file for reading, or returns nothing.
std::optional<EntryPoint> openRegular(const OwnedFd& place, const std::string& path) {
  struct stat status;
  if (!place.isValid() || ::fstat(place.get(), &status) != 0 || !S_ISREG(status.st_mode))
    return std::nullopt;
  const std::string self = fmt::format("/proc/self/fd/{}", place.get());
  OwnedFd file(::open(self.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.isValid()) return std::nullopt;
  return EntryPoint{path, std::move(file), FileIdentity::of(status)};
}

bool isExecutable(const EntryPoint& entry) {
  struct stat status;
  return ::fstat(entry.file.get(), &status) == 0 && (status.st_mode & 0111) != 0;
}

Result<std::optional<EntryPoint>> find(const Bundle& bundle, const std::string& path) {
  const std::string absolute = path.starts_with('/') ? path : bundle.workingDirectory + "/" + path;
  const std::string place = normalized(absolute);
  TRY_ASSIGN(OwnedFd fd, openOnHost(bundle, place));
  return openRegular(fd, place);
}

}  // namespace

std::string normalized(const std::string& path) {
  std::string result;
  for (size_t begin = 0; begin <= path.size();) {
    size_t end = std::min(path.find('/', begin), path.size());
    std::string_view part = std::string_view(path).substr(begin, end - begin);
    if (part == "..") {
      result.resize(result.empty() ? 0 : result.rfind('/'));
    } else if (!part.empty() && part != ".") {
      result.append("/").append(part);
    }
    begin = end + 1;
  }
  return result.empty() ? "/" : result;
}

FileIdentity FileIdentity::of(const struct stat& status) {
  return {status.st_dev, status.st_ino, status.st_size, status.st_mtim};
}

bool FileIdentity::operator==(const FileIdentity& other) const {
  return device == other.device && inode == other.inode && size == other.size &&
         changed.tv_sec == other.changed.tv_sec && changed.tv_nsec == other.changed.tv_nsec;
}

Result<std::optional<EntryPoint>> findEntryPoint(const Bundle& bundle) {
  const std::string& program = bundle.program;
  if (program.find('/') == program.npos) {
    std::string_view rest = bundle.searchPath;
    while (!rest.empty()) {
      size_t colon = std::min(rest.find(':'), rest.size());
      TRY_ASSIGN(auto entry, find(bundle, fmt::format("{}/{}", rest.substr(0, colon), program)));
      if (entry && isExecutable(*entry)) return entry;
      rest.remove_prefix(std::min(colon + 1, rest.size()));
    }
  }
  return find(bundle, program);
}

}  // namespace crun
