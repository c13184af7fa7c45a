#include "wasi/fs/directory_stream.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "runtime/base/bytes.h"

namespace wasi {
namespace {

// The struct linux_dirent64 of getdents64(2), without the name that follows at kNameOffset. No
// header declares it. `size` is that of the record, including the name, its NUL and padding; `next`
// is d_off, which lseek(2) accepts.
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
  // The usual case: fd_readdir continues where it stopped, and the buffer is still good. Cookie 0
  // is excluded, so that a rewind shows entries that were created since.
  if (cookie != 0 && cookie == cookie_) return Errno::Success;
  // The file position of `fd` is after the buffered entries and cannot be used to skip forward, so
  // reading starts at the nearest known offset.
  uint64_t known = std::min<uint64_t>(cookie, marks_.size());
  TRY(checkSystemCall(::lseek(fd, known == 0 ? 0 : marks_[known - 1], SEEK_SET)));
  at_ = end_ = 0;
  cookie_ = known;
  // A guest may pass any number. The loop is bounded by the size of the directory.
  for (Entry skipped; cookie_ < cookie; advance()) {
    TRY_ASSIGN(bool more, peek(fd, skipped));
    if (!more) break;
  }
  return Errno::Success;
}

Expected<bool, Errno> DirectoryStream::peek(int fd, Entry& out) {
  if (at_ == end_) TRY(fill(fd));
  if (at_ == end_) {
    // A directory that was read to its end often stays open without being read again.
    buffer_.reset();
    return false;
  }
  const char* record = buffer_.get() + at_;
  KernelDirent header{};
  std::memcpy(&header, record, kNameOffset);
  out.next = cookie_ + 1;
  out.inode = header.inode;
  out.hostType = header.type;
  out.name = record + kNameOffset;
  return true;
}

void DirectoryStream::advance() {
  const char* record = buffer_.get() + at_;
  auto mark = base::loadUnaligned<int64_t>(record + offsetof(KernelDirent, next));
  if (cookie_ == marks_.size()) marks_.push_back(mark);
  // After a rewind the entry with this number may be another one, with another offset.
  marks_[cookie_++] = mark;
  at_ += base::loadUnaligned<uint16_t>(record + offsetof(KernelDirent, size));
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
