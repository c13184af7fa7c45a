// A reader of a directory's entries for fd_readdir, in the order of getdents64(2), that can return
// to any position that it has reached before. The cookie of a position is the number of entries
// before it, since telldir() of wasi-libc returns a `long` of 32 bits. Each cookie is mapped to the
// offset of the file system (d_off), which stays valid while entries are created and removed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "wasi/types/errno.h"

namespace wasi {

// The position and the buffered entries of one open directory. The directory's descriptor is passed
// to each call and must be the same each time; nothing else may move its file position. Memory use
// is a buffer while entries are read, and 8 bytes for each entry that was passed. Not thread-safe.
class DirectoryStream {
 public:
  // An entry, as the kernel reports it.
  struct Entry {
    uint64_t next = 0;  // the cookie of the position after this entry
    uint64_t inode = 0;
    uint8_t hostType = 0;   // DT_* of dirent.h; DT_UNKNOWN if the file system does not store it
    std::string_view name;  // NUL-terminated; valid until the next call of a member function
  };

  // Moves to the position of `cookie`: 0 is the first entry, others come from Entry::next. For a
  // cookie that the stream has not reached yet, reads forward to that number of entries or to the
  // end. Cookie 0 reads the directory anew, as rewinddir() does. Fails with the errno of lseek(2)
  // or getdents64(2).
  Errno seek(int fd, uint64_t cookie);

  // Stores the entry at the position in `out` without moving. Returns false at the end. Fails with
  // the errno of getdents64(2).
  Expected<bool, Errno> peek(int fd, Entry& out);
  // Moves past the entry at the position. Requires that peek() has returned true for it.
  void advance();

 private:
  // In bytes. Several hundred entries with names of usual length.
  static constexpr size_t kBufferSize = 32 << 10;

  // Reads the next entries into the buffer, none at the end of the directory.
  Errno fill(int fd);

  std::unique_ptr<char[]> buffer_;  // records of getdents64; null before the first and at the end
  size_t at_ = 0;                   // offset of the current record in `buffer_`
  size_t end_ = 0;                  // offset of the end of the valid records
  uint64_t cookie_ = 0;             // of the entry at `at_`
  std::vector<int64_t> marks_;      // [c - 1] is the d_off of cookie c, as last read
};

}  // namespace wasi
