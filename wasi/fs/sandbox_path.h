// Paths beneath a directory handle, never above it. Neither "..", nor an absolute path, nor a
// symbolic link, nor a directory moved away at the wrong moment leads out; each of these is
// Errno::Perm, whatever lies at the other end. Links that stay inside are followed as POSIX has it.
//
// Calls that open use openBeneath(). Calls that act on a name (unlink, rename, ...) use locate():
// the parent directory is resolved in the sandbox, and the system call gets that and one name.
#pragma once

#include <sys/types.h>

#include <string_view>

#include "wasi/fs/host_fd.h"
#include "wasi/types/errno.h"

namespace wasi {

// Who walks the path: the kernel (openat2 with RESOLVE_BENEATH, Linux 5.6), and we only where it
// will not; or always we, one component at a time. Both mean the same.
enum class Walk : uint8_t { Kernel, Manual };

// Kernel where it has openat2 and lets us use it.
Walk supportedWalk();

// A directory, and how to resolve paths beneath it.
struct Beneath {
  Walk walk;
  int directory;  // the host's handle; borrowed
};

// Opens `path`, at most kMaxPath bytes without a NUL. `flags` are open(2)'s; O_CLOEXEC is added.
Expected<HostFd, Errno> openBeneath(Beneath root, std::string_view path, int flags,
                                    mode_t mode = 0);

// A directory and a name in it.
class Place {
 public:
  int directory() const { return owned_.valid() ? owned_.get() : borrowed_; }
  // The last component, with one slash behind it if the path had any there. Only for system calls
  // that never follow the last component, slash or no slash: mkdirat, unlinkat, renameat,
  // symlinkat, and linkat's new name. Never "..".
  const char* name() const { return name_; }
  bool trailingSlash() const { return trailingSlash_; }

 private:
  friend Expected<Place, Errno> locate(Beneath root, std::string_view path);
  static constexpr size_t kMaxName = 255;  // NAME_MAX

  HostFd owned_;
  int borrowed_ = -1;
  bool trailingSlash_ = false;
  char name_[kMaxName + 2] = {};
};

// Resolves all of `path` but its last component, which need not exist.
Expected<Place, Errno> locate(Beneath root, std::string_view path);

// As locate(), but where the last component is a symbolic link, its target's place, and so on.
Expected<Place, Errno> locateTarget(Beneath root, std::string_view path);

// Whether the path is one name in the directory itself, safe to hand to a system call that does not
// follow links.
bool isPlainName(std::string_view path);

}  // namespace wasi
