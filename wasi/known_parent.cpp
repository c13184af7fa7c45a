#include "wasi/known_parent.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <iterator>

namespace wasi {
namespace {

// Of these no other machine changes anything, and their changes are told.
bool tellsChanges(int directory) {
  constexpr decltype(statfs::f_type) kXfs = 0x58465342;
  constexpr decltype(statfs::f_type) kTypes[] = {EXT4_SUPER_MAGIC, BTRFS_SUPER_MAGIC, TMPFS_MAGIC,
                                                 F2FS_SUPER_MAGIC, kXfs};
  struct statfs status;
  if (::fstatfs(directory, &status) != 0) return false;
  return std::find(std::begin(kTypes), std::end(kTypes), status.f_type) != std::end(kTypes);
}

// A directory that we hold does not tell of its removal: the one above it does.
constexpr uint32_t kOwnChanges = IN_MOVE_SELF | IN_ATTRIB;
constexpr uint32_t kChangesBelow = IN_DELETE;

bool watch(int changes, int directory, uint32_t events) {
  if (!tellsChanges(directory)) return false;
  std::string self = fmt::format("/proc/self/fd/{}", directory);
  return ::inotify_add_watch(changes, self.c_str(), events) >= 0;
}

// Walks down, a name at a time and not through links, and watches what it comes through, unless
// `changes` is -1. Invalid where it cannot.
HostFd walk(int root, std::string_view path, int changes) {
  HostFd held;
  if (changes >= 0 && !watch(changes, root, kChangesBelow)) return {};
  while (!path.empty()) {
    std::string name(path.substr(0, path.find('/')));
    path.remove_prefix(std::min(path.size(), name.size() + 1));
    if (name.empty() || name == "." || name == "..") return {};
    int from = held.valid() ? held.get() : root;
    HostFd next(::openat(from, name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    uint32_t events = path.empty() ? kOwnChanges : kOwnChanges | kChangesBelow;
    if (!next.valid() || (changes >= 0 && !watch(changes, next.get(), events))) return {};
    held = std::move(next);
  }
  return held;
}

bool isSameFile(int a, int b) {
  struct stat first;
  struct stat second;
  return ::fstat(a, &first) == 0 && ::fstat(b, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

}  // namespace

int KnownParent::find(int root, std::string_view parent) {
  if (parent != parent_) {
    forget();
    parent_ = parent;
  } else if (directory_.valid() && changed_.isRaised()) {
    forget();
  }
  ++asked_;
  if (asked_ == kWorthwhile) learn(root, true);
  if (asked_ == kWorthwhileAsking && !directory_.valid()) learn(root, false);
  return directory_.get();
}

void KnownParent::forget() {
  directory_ = HostFd();
  changed_ = ReadableFlag();
  asked_ = 0;
}

void KnownParent::learn(int root, bool inMemory) {
  HostFd changes(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!changes.valid()) return;
  ReadableFlag changed(std::move(changes), inMemory);
  if (changed.isInMemory() != inMemory) return;
  HostFd found = walk(root, parent_, changed.file());
  // It may have moved before it was watched; now nothing moves unseen.
  HostFd again = walk(root, parent_, -1);
  if (!found.valid() || !again.valid() || !isSameFile(found.get(), again.get())) return;
  directory_ = std::move(found);
  changed_ = std::move(changed);
}

}  // namespace wasi
