#include "runtime/base/file_content.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include "runtime/base/owned_fd.h"
#include "runtime/base/system_page.h"

namespace base {
namespace {

// The size of a huge page, and the size from which on the kernel is advised to use them: the page
// faults of small pages take longer than reading a file that is in the page cache.
constexpr size_t kHugePage = size_t{2} << 20;
constexpr size_t kWorthHugePages = size_t{1} << 20;
// The capacity for a file of unknown size, which doubles when it is full.
constexpr size_t kFirstCapacity = size_t{64} << 10;
// The limit for files of unknown size, such as pipes and devices, which may have no end.
constexpr size_t kLimit = size_t{1} << 30;

Error systemError(const std::string& name) { return {name, std::strerror(errno)}; }

OwnedFd openForReading(const std::string& path, int flags) {
  return OwnedFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | flags));
}

// Reads at least one byte, or returns 0 at the end and -1 for an error. Waits for input also if the
// descriptor has O_NONBLOCK, as an inherited standard input may have.
ssize_t readSome(int fd, uint8_t* to, size_t size) {
  for (;;) {
    ssize_t count = ::read(fd, to, size);
    if (count >= 0 || (errno != EINTR && errno != EAGAIN)) return count;
    pollfd wanted{fd, POLLIN, 0};
    if (errno == EAGAIN && ::poll(&wanted, 1, -1) < 0 && errno != EINTR) return -1;
  }
}

}  // namespace

Result<FileContent> FileContent::read(const std::string& path) {
  if (path == kStandardInput) return readOpen(STDIN_FILENO, "standard input", false);
  OwnedFd file = openForReading(path, 0);
  if (!file.isValid()) return systemError(path);
  return readOpen(file.get(), path, false);
}

Result<FileContent> FileContent::readRegular(const std::string& path) {
  // With O_NONBLOCK, opening a FIFO does not wait for a writer. It is refused afterwards.
  OwnedFd file = openForReading(path, O_NONBLOCK);
  if (!file.isValid()) return systemError(path);
  return readRegular(file.get(), path);
}

Result<FileContent> FileContent::readRegular(int fd, const std::string& name) {
  return readOpen(fd, name, true);
}

Result<FileContent> FileContent::readOpen(int fd, const std::string& name, bool isRegular) {
  struct stat status;
  if (::fstat(fd, &status) != 0) return systemError(name);
  if (S_ISDIR(status.st_mode)) return Error{name, "is a directory, expected a file"};
  if (isRegular && !S_ISREG(status.st_mode)) return Error{name, "is not a regular file"};
  size_t size = S_ISREG(status.st_mode) ? static_cast<size_t>(status.st_size) : 0;
  FileContent content;
  // One byte more than the size, so that the end of the file is seen without growing the buffer.
  if (!content.reserve(size == 0 ? kFirstCapacity : size + 1)) return systemError(name);
  TRY(content.readToEnd(fd, name, std::max(size, kLimit)));
  return content;
}

Result<FileContent> FileContent::copyOf(ByteView bytes) {
  FileContent content;
  if (!content.reserve(std::max<size_t>(bytes.size(), 1))) return systemError("");
  if (!bytes.empty()) std::memcpy(content.data_, bytes.data(), bytes.size());
  content.size_ = bytes.size();
  return content;
}

FileContent::~FileContent() {
  if (data_ != nullptr) ::munmap(data_, capacity_);
}

void FileContent::swap(FileContent& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
}

// Maps at least `capacity` bytes and moves the content there. The pages of a small mapping are made
// at once, which takes less time than a page fault for each. The slack allows to align a large
// mapping to a huge page; what is left of it is unmapped again.
bool FileContent::reserve(size_t capacity) {
  capacity = roundToSystemPage(capacity);
  bool isLarge = capacity >= kWorthHugePages;
  size_t slack = isLarge ? kHugePage : 0;
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | (isLarge ? 0 : MAP_POPULATE);
  void* mapped = ::mmap(nullptr, capacity + slack, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (mapped == MAP_FAILED) return false;
  auto* data = static_cast<uint8_t*>(mapped);
  if (isLarge) {
    size_t lead = (0 - reinterpret_cast<uintptr_t>(data)) % kHugePage;
    if (lead != 0) ::munmap(data, lead);
    data += lead;
    ::munmap(data + capacity, slack - lead);
    ::madvise(data, capacity, MADV_HUGEPAGE);
  }
  if (size_ != 0) std::memcpy(data, data_, size_);
  if (data_ != nullptr) ::munmap(data_, capacity_);
  data_ = data;
  capacity_ = capacity;
  return true;
}

Result<void> FileContent::readToEnd(int fd, const std::string& name, size_t limit) {
  for (;;) {
    if (size_ == capacity_ && !reserve(2 * capacity_)) return systemError(name);
    ssize_t count = readSome(fd, data_ + size_, capacity_ - size_);
    if (count < 0) return systemError(name);
    if (count == 0) return {};
    size_ += static_cast<size_t>(count);
    if (size_ > limit) return Error{name, "has no end, or one beyond 1 GiB"};
  }
}

}  // namespace base
