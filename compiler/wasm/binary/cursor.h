// Reads the binary format's primitive values (section 5.2) out of a range of the input.
//
// Errors are sticky: the first one is kept, the cursor jumps to its end and every later read yields
// zero. So a decoder reads a whole construct and asks ok() once; only loops must ask as they go.
#pragma once

#include <string>
#include <string_view>

#include "compiler/wasm/module.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace wasm {

class Cursor {
 public:
  // `bytes` is the whole input, of less than 4 GiB, so that offsets are offsets in the file.
  Cursor(base::ByteView bytes, CodeRange range)
      : base_(bytes.data()), at_(base_ + range.begin), end_(base_ + range.end) {}

  uint32_t offset() const { return static_cast<uint32_t>(at_ - base_); }
  uint32_t endOffset() const { return static_cast<uint32_t>(end_ - base_); }
  size_t remaining() const { return end_ - at_; }
  bool atEnd() const { return at_ == end_; }

  bool ok() const { return ok_; }
  void fail(uint32_t offset, std::string message);
  // Takes over the failure of a cursor on a part of this one's range.
  void merge(const Cursor& part) {
    if (!part.ok_) fail(part.failedAt_, part.message_);
  }
  // The first failure, if there was one.
  base::Result<void> status(std::string_view fileName) const;

  uint8_t peek() const { return at_ != end_ ? *at_ : 0; }
  uint8_t byte() { return at_ != end_ ? *at_++ : failAtEnd("a byte"); }

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

  // `size` bytes; fewer are an error that says `what` was expected.
  base::ByteView take(size_t size, std::string_view what);
  template <class T>
  T fixed(std::string_view what) {
    base::ByteView bytes = take(sizeof(T), what);
    return ok_ ? base::loadUnaligned<T>(bytes.data()) : T{};
  }
  // A length-prefixed UTF-8 string; a view of the input.
  std::string_view name();
  // The length of a vector whose elements take at least one byte each: more than there are bytes
  // left is an error, so what is reserved for a vector is bounded by the input.
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
