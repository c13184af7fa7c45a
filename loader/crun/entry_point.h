// The file of a container's program, found from the host before the container's mounts are made.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>

#include "loader/crun/bundle.h"
#include "runtime/base/owned_fd.h"

namespace crun {

// What tells whether two descriptors or paths lead to the same file, unchanged.
struct FileIdentity {
  dev_t device;
  ino_t inode;
  off_t size;
  timespec changed;

  // Returns that of a file by what stat() tells about it.
  static FileIdentity of(const struct stat& status);
  bool operator==(const FileIdentity& other) const;
};

// An open regular file.
struct EntryPoint {
  std::string path;  // in the container
  base::OwnedFd file;
  FileIdentity identity;
};

// Finds the program as crun does: a name without a slash in the directories of PATH, and a relative
// path, or a name that is in none of them, in the working directory. Looks in the container's root
// directory, or in the source of the bind mount that the path is in.
//
// An image may contain any symbolic link; the kernel resolves all of them within the container's
// root. Files that are not regular are not opened.
//
// Returns nothing if there is no such file, or none that can be seen from the host, and fails if
// the system cannot resolve paths like that (Linux before 5.6).
base::Result<std::optional<EntryPoint>> findEntryPoint(const Bundle& bundle);

// Returns an absolute path without ".", ".." and empty components.
std::string normalized(const std::string& path);

}  // namespace crun
