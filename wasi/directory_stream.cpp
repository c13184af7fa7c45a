#include "wasi/directory_stream.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>
#include <limits>

#include "runtime/base/bytes.h"

namespace wasi {
namespace {

// The kernel's struct linux_dirent64; the name follows.
struct KernelDirent {
  uint64_t inode;
  int64_t next;
  uint16_t size;
  uint8_t type;
};
constexpr size_t kNameOffset = 19;
static_assert(offsetof(KernelDirent, type) + 1 == kNameOffset);

}  // namespace

Errno DirectoryStream::seek(int fd, uint64_t cookie) {
  // Cookie 0 is a fresh look at the directory, as rewinddir() is.
  if (cookie != 0 && cookie == cookie_) return Errno::Success;
  if (cookie > static_cast<uint64_t>(std::numeric_limits<off_t>::max())) return Errno::Inval;
  WASI_TRY(checkSystemCall(::lseek(fd, static_cast<off_t>(cookie), SEEK_SET)));
  at_ = end_ = 0;
  cookie_ = cookie;
  return Errno::Success;
}

Fallible<bool> DirectoryStream::peek(int fd, Entry& out) {
  if (at_ == end_) WASI_TRY(fill(fd));
  if (at_ == end_) {
    buffer_.reset();
    return false;
  }
  const char* record = buffer_.get() + at_;
  KernelDirent header{};
  std::memcpy(&header, record, kNameOffset);
  out.next = static_cast<uint64_t>(header.next);
  out.inode = header.inode;
  out.hostType = header.type;
  out.name = record + kNameOffset;
  return true;
}

void DirectoryStream::advance(const Entry& entry) {
  at_ += base::loadUnaligned<uint16_t>(buffer_.get() + at_ + offsetof(KernelDirent, size));
  cookie_ = entry.next;
}

Errno DirectoryStream::fill(int fd) {
  if (buffer_ == nullptr) buffer_ = std::make_unique_for_overwrite<char[]>(kBufferSize);
  long size = ::syscall(SYS_getdents64, fd, buffer_.get(), kBufferSize);
  if (size < 0) return lastError();
  at_ = 0;
  end_ = static_cast<size_t>(size);
  return Errno::Success;
}

}  // namespace wasi
