#include "wasi/stream.h"

#include <algorithm>
#include <cstring>

namespace wasi {

Expected<size_t, Errno> Stream::read(std::span<uint8_t>) { return Errno::Badf; }

Expected<size_t, Errno> Stream::write(std::span<const uint8_t>) { return Errno::Badf; }

Expected<size_t, Errno> InputBuffer::read(std::span<uint8_t> into) {
  size_t count = std::min(into.size(), contents_.size() - at_);
  std::memcpy(into.data(), contents_.data() + at_, count);
  at_ += count;
  return count;
}

Expected<size_t, Errno> OutputBuffer::write(std::span<const uint8_t> from) {
  size_t count = std::min(from.size(), limit_ - contents_.size());
  if (count == 0) return Errno::NoSpc;
  contents_.append(reinterpret_cast<const char*>(from.data()), count);
  return count;
}

Expected<size_t, Errno> CallbackStream::read(std::span<uint8_t> into) {
  if (!read_) return Errno::Badf;
  auto count = read_(into);
  if (count.ok() && count.value() > into.size()) return Errno::Io;
  return count;
}

Expected<size_t, Errno> CallbackStream::write(std::span<const uint8_t> from) {
  if (!write_) return Errno::Badf;
  auto count = write_(from);
  if (count.ok() && count.value() > from.size()) return Errno::Io;
  return count;
}

}  // namespace wasi
