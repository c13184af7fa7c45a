#include "runtime/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace base {

Result<MappedFile> MappedFile::open(const std::string& path) {
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Error{path, std::strerror(errno)};
  MappedFile file(nullptr, 0, fd);
  struct stat status;
  if (::fstat(fd, &status) != 0) return Error{path, std::strerror(errno)};
  if (S_ISDIR(status.st_mode)) return Error{path, "is a directory, expected a file"};
  if (!S_ISREG(status.st_mode)) return Error{path, "is not a regular file"};
  if (status.st_size == 0) return file;
  void* data = ::mmap(nullptr, status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (data == MAP_FAILED) return Error{path, std::strerror(errno)};
  file.data_ = static_cast<const uint8_t*>(data);
  file.size_ = status.st_size;
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      fd_(std::exchange(other.fd_, -1)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(fd_, other.fd_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<uint8_t*>(data_), size_);
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace base
