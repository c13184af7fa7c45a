#include "compiler/driver/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace driver {
namespace {

using base::Error;
using base::Result;

constexpr char kStandardOutput[] = "-";

Error systemError(const std::string& path) { return Error{path, std::strerror(errno)}; }

Result<void> writeAll(int fd, std::span<const char> bytes, const std::string& path) {
  while (!bytes.empty()) {
    ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return systemError(path);
    bytes = bytes.subspan(written);
  }
  return {};
}

mode_t newFileMode(bool isExecutable) {
  mode_t mask = ::umask(0);
  ::umask(mask);
  return (isExecutable ? 0777 : 0666) & ~mask;
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::string& path) {
  if (path == kStandardOutput) return OutputFile(path, "");
  if (std::error_code ignored; std::filesystem::is_directory(path, ignored)) {
    return Error{path, "is a directory, expected a file to write"};
  }
  std::string temporary = path + ".XXXXXX";
  int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) return systemError(path);
  ::close(fd);
  return OutputFile(path, temporary);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, {})) {}

OutputFile::~OutputFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<void> OutputFile::write(std::span<const char> bytes) {
  if (path_ == kStandardOutput) return writeAll(STDOUT_FILENO, bytes, "standard output");
  return writeFile(temporary_, bytes);
}

Result<void> OutputFile::commit(bool isExecutable) {
  if (path_ == kStandardOutput) return {};
  if (::chmod(temporary_.c_str(), newFileMode(isExecutable)) != 0) return systemError(path_);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return systemError(path_);
  temporary_.clear();
  return {};
}

Result<TemporaryDirectory> TemporaryDirectory::create() {
  const char* base = std::getenv("TMPDIR");
  std::string path = fmt::format("{}/wasm2obj.XXXXXX", base == nullptr ? "/tmp" : base);
  if (::mkdtemp(path.data()) == nullptr) return systemError(path);
  return TemporaryDirectory(path);
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Result<void> writeFile(const std::string& path, std::span<const char> bytes) {
  int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return systemError(path);
  Result<void> result = writeAll(fd, bytes, path);
  if (::close(fd) != 0 && result.ok()) return systemError(path);
  return result;
}

}  // namespace driver
