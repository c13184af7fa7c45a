// The reader of the primitive values of the binary format (section 5.2).
//
// Errors are sticky: the cursor keeps the first one and moves to its end, and all later reads
// return zero. So a decoder can read a whole construct and call ok() once at its end; only loops
// must call it in each iteration.
#pragma once

#include <string>
#include <string_view>

#include "compiler/wasm/module.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace wasm {

// A position in a range of the input, with functions that read a value and move past it. A copy
// reads the same bytes independently.
class Cursor {
 public:
  // `bytes` is the whole input, so that offsets are offsets in the file. It must be shorter than 4
  // GiB and must outlive the cursor and all views that it returns. `range` must be inside of it.
  Cursor(base::ByteView bytes, CodeRange range)
      : base_(bytes.data()), at_(base_ + range.begin), end_(base_ + range.end) {}

  // Return the offsets of the position and of the end in the whole input, and the bytes in between.
  uint32_t offset() const { return static_cast<uint32_t>(at_ - base_); }
  uint32_t endOffset() const { return static_cast<uint32_t>(end_ - base_); }
  size_t remaining() const { return end_ - at_; }
  bool atEnd() const { return at_ == end_; }

  // Returns whether all reads have succeeded.
  bool ok() const { return ok_; }
  // Fails at `offset` in the input with this message, unless the cursor has failed before.
  void fail(uint32_t offset, std::string message);
  // Fails with the error of `part` if that has failed. `part` is a cursor on a part of this range
  // of the same input, so that their offsets are comparable.
  void merge(const Cursor& part) {
    if (!part.ok_) fail(part.failedAt_, part.message_);
  }
  // Returns the error at "fileName:offset" if the cursor has failed.
  base::Result<void> status(std::string_view fileName) const;

  // Return the next byte. peek() does not move the cursor and returns 0 at the end, where byte()
  // fails.
  uint8_t peek() const { return at_ != end_ ? *at_ : 0; }
  uint8_t byte() { return at_ != end_ ? *at_++ : failAtEnd("a byte"); }

  // Read integers in LEB128 of at most 32, 33 or 64 bits (section 5.2.2). Fail if the number is out
  // of range or takes more than ceil(bits / 7) bytes. Numbers of one byte, which are the most
  // frequent, are read inline.
  uint32_t u32() {
    if (at_ != end_ && *at_ < 0x80) return *at_++;
    return static_cast<uint32_t>(longUnsigned(32));
  }
  uint64_t u64() {
    if (at_ != end_ && *at_ < 0x80) return *at_++;
    return longUnsigned(64);
  }
  int32_t s32() { return static_cast<int32_t>(longSigned(32)); }
  int64_t s33() { return longSigned(33); }
  int64_t s64() { return longSigned(64); }

  // Reads `size` bytes and returns a view of the input. Fails and returns an empty view if there
  // are fewer; `what` names them in the message.
  base::ByteView take(size_t size, std::string_view what);
  // Reads a little-endian number of sizeof(T) bytes (section 5.2.3). Returns 0 on failure.
  template <class T>
  T fixed(std::string_view what) {
    base::ByteView bytes = take(sizeof(T), what);
    return ok_ ? base::loadUnaligned<T>(bytes.data()) : T{};
  }
  // Reads a name (section 5.2.4): a length in bytes and that much UTF-8. Returns a view of the
  // input. Fails if it is not UTF-8.
  std::string_view name();
  // Reads the length of a list (section 5.1.3). Fails if it exceeds the number of bytes left, of
  // which each element takes at least one: memory that is reserved for a list is thus bounded by
  // the size of the input.
  uint32_t count(std::string_view what);

 private:
  uint8_t failAtEnd(std::string_view what);
  uint64_t longUnsigned(uint32_t bits);
  int64_t longSigned(uint32_t bits);

  const uint8_t* base_;
  const uint8_t* at_;
  const uint8_t* end_;
  bool ok_ = true;
  uint32_t failedAt_ = 0;
  std::string message_;
};

}  // namespace wasm
