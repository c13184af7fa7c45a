// The directory in which a guest asks for the status of one file after another ("a/b/x", "a/b/y"),
// found without walking the path each time. Linux can walk beneath a directory only to open what is
// at the end (openat2), and to open, ask and close takes twice the time of asking. So the directory
// is held, and each one on the way to it is watched (inotify): that any was moved or removed, or
// that its rights changed, is seen before the next file is asked for, and then the path is walked
// anew.
//
// What cannot be watched is not held: paths with links, "." or "..", file systems that others may
// change behind the kernel's back. Not noticed is a mount that covers one while it is held.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wasi/host_fd.h"
#include "wasi/readable_flag.h"

namespace wasi {

class KnownParent {
 public:
  // The host's handle of the directory `parent` beneath the directory `root`, which is the same
  // every time; -1 where it is not held.
  int find(int root, std::string_view parent);

  // It is held from that many times in a row on: to hold it and let go costs as much as so many
  // walks. The second is for where to look for changes is a system call, and to let go takes 10 ms.
  static constexpr uint64_t kWorthwhile = 64;
  static constexpr uint64_t kWorthwhileAsking = 16384;

 private:
  void forget();
  void learn(int root, bool inMemory);

  std::string parent_;
  uint64_t asked_ = 0;  // for `parent_` in a row
  HostFd directory_;
  ReadableFlag changed_;  // of an inotify instance; something to read is a change
};

}  // namespace wasi
