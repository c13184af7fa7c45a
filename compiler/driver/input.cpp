#include "compiler/driver/input.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace driver {
namespace {

using base::Error;
using base::Result;

Result<base::Bytes> readStandardInput() {
  base::Bytes bytes;
  uint8_t buffer[1 << 16];
  for (;;) {
    ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{"standard input", std::strerror(errno)};
    if (count == 0) return bytes;
    base::append(bytes, base::ByteView(buffer, static_cast<size_t>(count)));
  }
}

}  // namespace

Result<Input> Input::open(const std::string& path) {
  if (path == kStandardInput) {
    TRY_ASSIGN(base::Bytes bytes, readStandardInput());
    return Input("standard input", std::nullopt, std::move(bytes));
  }
  TRY_ASSIGN(base::MappedFile file, base::MappedFile::open(path));
  return Input(path, std::move(file), {});
}

}  // namespace driver
