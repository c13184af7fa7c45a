// A directory's entries in the kernel's order, from any place that was reached before. To the guest
// a place is the number of entries before it: wasi-libc's telldir() has but 32 bits for it. Behind
// that stands the file system's own mark (d_off), which stays good while entries come and go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "wasi/types/errno.h"

namespace wasi {

class DirectoryStream {
 public:
  struct Entry {
    uint64_t next = 0;  // the cookie of what follows this entry
    uint64_t inode = 0;
    uint8_t hostType = 0;   // DT_*
    std::string_view name;  // NUL-terminated; valid until the stream moves
  };

  // Stands before the entry that `cookie` names: 0 is the first, others come from Entry::next. A
  // cookie from elsewhere is as many entries further on, or at the end.
  // `fd` is the directory, whose file position is the stream's own.
  Errno seek(int fd, uint64_t cookie);

  // The entry it stands before, without moving. False at the end.
  Expected<bool, Errno> peek(int fd, Entry& out);
  // Past the entry that peek() showed.
  void advance();

 private:
  static constexpr size_t kBufferSize = 32 << 10;

  Errno fill(int fd);

  std::unique_ptr<char[]> buffer_;
  size_t at_ = 0;
  size_t end_ = 0;
  uint64_t cookie_ = 0;         // of the entry at `at_`
  std::vector<int64_t> marks_;  // by cookie less 1; as last seen
};

}  // namespace wasi
