// Standard streams that are not files of the host: buffers in memory, or callbacks of the embedding
// program. To a guest they look like pipes: their type is Filetype::Unknown, and they cannot seek.
// poll_oneoff always reports them as ready.
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

// A source or sink of bytes. Called on the threads that run the guest, by one of them at a time. An
// Errno that is returned becomes the result of the guest's call. A stream that is shared by several
// contexts or descriptors must be thread-safe if they are used on different threads.
class Stream {
 public:
  virtual ~Stream() = default;

  // Reads bytes to the front of `into`, which is not empty, and returns their number; 0 means the
  // end of the stream. May block, which Context::interrupt() does not end. The default fails with
  // Badf.
  virtual Expected<size_t, Errno> read(std::span<uint8_t> into);
  // Writes bytes from the front of `from`, which is not empty, and returns their number. May block
  // likewise. The default fails with Badf.
  virtual Expected<size_t, Errno> write(std::span<const uint8_t> from);
  // Returns the number of bytes that can be read without blocking, 0 if it is unknown.
  virtual uint64_t available() const { return 0; }
};

// A stream to read from, with the bytes of a string.
class InputBuffer : public Stream {
 public:
  explicit InputBuffer(std::string contents) : contents_(std::move(contents)) {}
  Expected<size_t, Errno> read(std::span<uint8_t> into) override;
  uint64_t available() const override { return contents_.size() - at_; }

 private:
  std::string contents_;
  size_t at_ = 0;  // offset of the next byte to read
};

// A stream to write to, which keeps all bytes up to a limit. The limit keeps a guest from
// exhausting the host's memory. A write that begins at the limit fails with NoSpc, one that crosses
// it is short.
class OutputBuffer : public Stream {
 public:
  static constexpr size_t kDefaultLimit = size_t{64} << 20;  // bytes

  explicit OutputBuffer(size_t limit = kDefaultLimit) : limit_(limit) {}
  Expected<size_t, Errno> write(std::span<const uint8_t> from) override;
  // Returns the bytes written so far. The reference is valid for the lifetime of the stream.
  const std::string& contents() const { return contents_; }

 private:
  size_t limit_;
  std::string contents_;
};

// Functions with the contracts of Stream::read() and Stream::write().
using ReadFunction = std::function<Expected<size_t, Errno>(std::span<uint8_t> into)>;
using WriteFunction = std::function<Expected<size_t, Errno>(std::span<const uint8_t> from)>;

// A stream in one direction that calls a function for each read or write. Returns Io if the
// function claims more bytes than the span has, so that a wrong number never reaches the guest.
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
