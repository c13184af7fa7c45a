// Resolution of a guest's paths in a sandbox: beneath an open directory, and never outside of it.
// The sandbox is capability-based, as in Capsicum and CloudABI. "..", an absolute path, a symbolic
// link, or a directory that another process moves meanwhile cannot lead out. An attempt fails with
// Errno::Perm, whether the target exists or not, so that a guest cannot probe for files outside.
// Relative links whose targets lie inside are followed as POSIX says.
//
// There are two ways to use a path safely. Calls that open a file use openBeneath(). Calls that act
// on a directory entry (unlink, rename, ...) use locate(): it resolves the parent directory in the
// sandbox and holds it open, and the system call gets its descriptor and a single name. A path must
// not be checked first and passed to the kernel afterwards, since another process could replace a
// directory by a link in between (a TOCTOU race).
//
// All paths are byte strings without NUL. The functions are thread-safe.
#pragma once

#include <sys/types.h>

#include <string_view>

#include "wasi/fs/host_fd.h"
#include "wasi/types/errno.h"

namespace wasi {

// The implementation of path resolution. Both have the same results.
// - Kernel: openat2(2) with RESOLVE_BENEATH (Linux 5.6), and Manual if that is not available.
// - Manual: ManualWalk, which opens one component after another.
enum class Walk : uint8_t { Kernel, Manual };

// Returns Kernel if the kernel has openat2 and no seccomp filter forbids it, else Manual.
Walk supportedWalk();

// The root of a sandbox, and how to resolve paths beneath it.
struct Beneath {
  Walk walk;
  int directory;  // a descriptor of the host; borrowed for the duration of the call
};

// Opens `path` beneath `root`. `flags` are those of open(2), to which O_CLOEXEC is added; with
// O_NOFOLLOW a link as last component is not followed. `mode` must be 0 without O_CREAT, as openat2
// demands. Fails with
// - Perm if the path leads out of the root;
// - NoEnt if it is empty, NameTooLong if it is longer than kMaxPath bytes;
// - Loop if it contains too many links, or one that must not be followed;
// - else the errno of open(2), NoEnt, NotDir, Acces or Exist for example.
Expected<HostFd, Errno> openBeneath(Beneath root, std::string_view path, int flags,
                                    mode_t mode = 0);

// A directory in the sandbox and a name in it: the arguments of a system call that acts on a
// directory entry. Keeps the directory open, unless it is the root itself, which is borrowed and
// must outlive the place.
class Place {
 public:
  // Returns the directory's descriptor, which may be open with O_PATH.
  int directory() const { return owned_.valid() ? owned_.get() : borrowed_; }
  // Returns the last component, NUL-terminated, with one slash behind it if the path had any there,
  // so that the kernel requires a directory. It is never "..". The entry may be a link to anywhere,
  // and a slash makes many system calls follow it. So use it only for those that never follow the
  // last component: mkdirat, unlinkat, renameat, symlinkat, and the new name of linkat. If there is
  // no trailingSlash(), readlinkat and the old name of linkat without AT_SYMLINK_FOLLOW are safe
  // too.
  const char* name() const { return name_; }
  // Returns whether name() ends with a slash.
  bool trailingSlash() const { return trailingSlash_; }

 private:
  friend Expected<Place, Errno> locate(Beneath root, std::string_view path);
  static constexpr size_t kMaxName = 255;  // NAME_MAX

  HostFd owned_;       // invalid if the directory is the root
  int borrowed_ = -1;  // the root
  bool trailingSlash_ = false;
  char name_[kMaxName + 2] = {};  // room for a slash and the NUL
};

// Resolves `path` except its last component, which need not exist. If that is "." or "..", the
// place is "." in the directory that the whole path names, and system calls fail with the errors
// that they have for ".". Fails like openBeneath(), and with NameTooLong if the last component is
// longer than NAME_MAX.
Expected<Place, Errno> locate(Beneath root, std::string_view path);

// Like locate(), but if the last component is a symbolic link, returns the place of its target,
// repeatedly. Fails with Loop after kMaxLinks links. The entry may become a link again before the
// place is used, so the restrictions of Place::name() apply.
Expected<Place, Errno> locateTarget(Beneath root, std::string_view path);

// Returns whether the path is a single name, without slashes and not "..". It may then be passed,
// relative to the root, to a system call with AT_SYMLINK_NOFOLLOW without a walk.
bool isPlainName(std::string_view path);

}  // namespace wasi
