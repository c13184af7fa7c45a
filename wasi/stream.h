// Standard streams that are not files of the host's: a piece of memory, or functions of the program
// that runs the guest. To the guest they are like pipes, of which it does not see the other end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "wasi/types/errno.h"

namespace wasi {

// Used by the thread that runs the guest. An Errno, where there is one, is what the guest's read or
// write fails with.
class Stream {
 public:
  virtual ~Stream() = default;

  // Puts at most `into.size()` bytes there, not 0, and tells how many; 0 is the end. May wait.
  virtual Expected<size_t, Errno> read(std::span<uint8_t> into);
  // Takes bytes off the front of `from`, which is not empty, and tells how many.
  virtual Expected<size_t, Errno> write(std::span<const uint8_t> from);
  // How many bytes a read would give without waiting; 0 where that is not known.
  virtual uint64_t available() const { return 0; }
};

// Gives the bytes of a string, then its end.
class InputBuffer : public Stream {
 public:
  explicit InputBuffer(std::string contents) : contents_(std::move(contents)) {}
  Expected<size_t, Errno> read(std::span<uint8_t> into) override;
  uint64_t available() const override { return contents_.size() - at_; }

 private:
  std::string contents_;
  size_t at_ = 0;
};

// Keeps what is written, up to a limit: beyond it the guest is told that there is no space.
class OutputBuffer : public Stream {
 public:
  static constexpr size_t kDefaultLimit = size_t{64} << 20;

  explicit OutputBuffer(size_t limit = kDefaultLimit) : limit_(limit) {}
  Expected<size_t, Errno> write(std::span<const uint8_t> from) override;
  const std::string& contents() const { return contents_; }

 private:
  size_t limit_;
  std::string contents_;
};

// As Stream::read() and Stream::write() say.
using ReadFunction = std::function<Expected<size_t, Errno>(std::span<uint8_t> into)>;
using WriteFunction = std::function<Expected<size_t, Errno>(std::span<const uint8_t> from)>;

// Calls a function for every read or write; one that claims more than there was room for fails with
// Io.
class CallbackStream : public Stream {
 public:
  explicit CallbackStream(ReadFunction read) : read_(std::move(read)) {}
  explicit CallbackStream(WriteFunction write) : write_(std::move(write)) {}
  Expected<size_t, Errno> read(std::span<uint8_t> into) override;
  Expected<size_t, Errno> write(std::span<const uint8_t> from) override;

 private:
  ReadFunction read_;
  WriteFunction write_;
};

}  // namespace wasi
