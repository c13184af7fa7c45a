#include "runtime/base/memory_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace base {

Result<MemoryFile> MemoryFile::create(const char* name) {
  OwnedFd fd(::memfd_create(name, MFD_CLOEXEC));
  if (!fd.isValid()) return Error{name, std::strerror(errno)};
  return MemoryFile(std::move(fd));
}

Result<MemoryFile> MemoryFile::create(const char* name, ByteView bytes) {
  TRY_ASSIGN(MemoryFile file, create(name));
  TRY(writeAll(file.descriptor(), bytes, name));
  // Writing has moved the offset to the end, where a reader would find nothing.
  ::lseek(file.descriptor(), 0, SEEK_SET);
  return file;
}

std::string MemoryFile::path() const { return "/proc/self/fd/" + std::to_string(fd_.get()); }

Result<FileContent> MemoryFile::read() const {
  ::lseek(fd_.get(), 0, SEEK_SET);
  return FileContent::readRegular(fd_.get(), path());
}

Result<void> writeAll(int fd, ByteView bytes, const std::string& name) {
  while (!bytes.empty()) {
    ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{name, std::strerror(errno)};
    bytes = bytes.subspan(static_cast<size_t>(count));
  }
  return {};
}

}  // namespace base
