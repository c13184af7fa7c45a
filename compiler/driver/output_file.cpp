#include "compiler/driver/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "runtime/base/memory_file.h"

namespace driver {
namespace {

using base::Error;
using base::Result;

constexpr char kStandardOutput[] = "-";

Error systemError(const std::string& path) { return Error{path, std::strerror(errno)}; }

Result<void> writeAll(int fd, std::span<const char> bytes, const std::string& path) {
  return base::writeAll(fd, base::asBytes({bytes.data(), bytes.size()}), path);
}

Result<void> writeFile(const std::string& path, std::span<const char> bytes) {
  int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return systemError(path);
  Result<void> result = writeAll(fd, bytes, path);
  // Some file systems report errors of writing only when the file is closed.
  if (::close(fd) != 0 && result.ok()) return systemError(path);
  return result;
}

// mkostemp() creates files with mode 0600, so the mode of a new file must be computed. The umask
// can only be read by changing it.
mode_t newFileMode(bool isExecutable) {
  mode_t mask = ::umask(0);
  ::umask(mask);
  return (isExecutable ? 0777 : 0666) & ~mask;
}

// Returns whether the path is in a directory of the proc file system.
bool isInProc(const std::filesystem::path& path) {
  struct statfs system;
  std::filesystem::path folder = path.parent_path();
  return !folder.empty() && ::statfs(folder.c_str(), &system) == 0 &&
         system.f_type == PROC_SUPER_MAGIC;
}

// Returns whether the path is written in place, because a file that is renamed to it would replace
// it: a device, a pipe, or a descriptor of this process (/dev/stdout, which is a link,
// /proc/self/fd/5).
bool isWrittenInPlace(const std::string& path) {
  struct stat status;
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) return true;
  std::error_code ignored;
  return isInProc(path) || isInProc(std::filesystem::read_symlink(path, ignored));
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::string& path) {
  if (path == kStandardOutput) return OutputFile(path, "");
  if (std::error_code ignored; std::filesystem::is_directory(path, ignored)) {
    return Error{path, "is a directory, expected a file to write"};
  }
  if (isWrittenInPlace(path)) return OutputFile(path, "");
  std::string temporary = path + ".XXXXXX";
  // A file in the same directory is on the same file system, as rename(2) requires. Creating it
  // before the compilation reports an unwritable directory early.
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
  if (auto written = writeFile(temporary_.empty() ? path_ : temporary_, bytes); !written)
    // Messages show the path of the user instead of the temporary one.
    return Error{path_, written.error().message};
  return {};
}

Result<void> OutputFile::commit(bool isExecutable) {
  if (temporary_.empty()) return {};
  if (::chmod(temporary_.c_str(), newFileMode(isExecutable)) != 0) return systemError(path_);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return systemError(path_);
  temporary_.clear();
  return {};
}

}  // namespace driver
