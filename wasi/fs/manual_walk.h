// Path resolution beneath a directory in user space, for kernels without openat2(2). The algorithm
// is that of POSIX ("Pathname Resolution"), with a stack of open directories:
// - A name is opened relative to the directory on top, with O_NOFOLLOW, and pushed.
// - A symbolic link is read, and its text is put in front of the rest of the path.
// - ".." pops, and fails at the root. The kernel never resolves "..", so a directory that another
//   process moves out of the sandbox during the walk does not lead out.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "wasi/fs/host_fd.h"
#include "wasi/types/errno.h"

namespace wasi {

// The number of symbolic links that one path may contain: MAXSYMLINKS of Linux. More are Loop.
inline constexpr int kMaxLinks = 40;

// The resolution of one path. Use an object for one call of open().
class ManualWalk {
 public:
  // Borrows `root`, a descriptor of a directory, which may be open with O_PATH.
  explicit ManualWalk(int root) : root_(root) {}
  // Opens `path` beneath the root; see openBeneath() for parameters and errors.
  Expected<HostFd, Errno> open(std::string_view path, int flags, mode_t mode);

 private:
  struct Component {
    std::string name;            // without slashes; may be "." or ".."
    bool last = false;           // no other component follows
    bool trailingSlash = false;  // a slash follows
  };

  // Returns the directory that the next component is relative to.
  int current() const { return held_.empty() ? root_ : held_.back().get(); }
  // Removes the next component, and the slashes behind it, from `rest_`, which must not be empty.
  // Fails with Perm if `rest_` is absolute.
  Errno next(Component& result);
  // Enters the directory that `component` names, or expands it if it is a link. Fails with Perm for
  // ".." at the root, NotDir for other files, or the errno of open(2).
  Errno enter(const Component& component);
  // Puts the text of the link that `component` names in front of `rest_`. Fails with Inval if it is
  // not a link, Loop after kMaxLinks links, or the errno of readlink(2).
  Errno expandLink(const Component& component);
  // Opens the last component. Returns an invalid HostFd if it was a link that is to be followed;
  // the link is expanded then, and the walk must go on.
  Expected<HostFd, Errno> openLast(const Component& component, int flags, mode_t mode);

  int root_;
  std::vector<HostFd> held_;  // the directories entered below the root, open with O_PATH
  std::string rest_;          // the part of the path that is not resolved yet
  int links_ = 0;             // number of links expanded
};

}  // namespace wasi
