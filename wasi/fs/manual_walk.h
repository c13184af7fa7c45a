// A path walked one component at a time, for kernels without openat2. Every step opens one name
// relative to a directory that is already held, without following links; links are read and their
// text is walked in turn. ".." goes back to the directory we came from, which we hold, so that
// nothing renamed meanwhile can lead out.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "wasi/fs/host_fd.h"
#include "wasi/types/errno.h"

namespace wasi {

// As Linux's own limit on links in one path.
inline constexpr int kMaxLinks = 40;

// Resolves one path, a component at a time.
class ManualWalk {
 public:
  explicit ManualWalk(int root) : root_(root) {}
  // See openBeneath().
  Expected<HostFd, Errno> open(std::string_view path, int flags, mode_t mode);

 private:
  struct Component {
    std::string name;
    bool last = false;
    bool trailingSlash = false;
  };

  int current() const { return held_.empty() ? root_ : held_.back().get(); }
  // Cuts the next component off `rest_`; Perm where that is absolute.
  Errno next(Component& result);
  // Into the directory, or through the link, that `component` names.
  Errno enter(const Component& component);
  // Puts a link's text in front of what is left. Inval where `name` is no link.
  Errno expandLink(const Component& component);
  // The last component, opened; an invalid HostFd where it was a link, now expanded.
  Expected<HostFd, Errno> openLast(const Component& component, int flags, mode_t mode);

  int root_;
  std::vector<HostFd> held_;  // the directories below the root that lead to where we are
  std::string rest_;
  int links_ = 0;
};

}  // namespace wasi
