// Reads the fields of unwind tables within bounds.
#pragma once

#include <string_view>

#include "runtime/base/bytes.h"

namespace runtime {

// Encodings of pointers in unwind tables (Linux Standard Base, "DWARF Exception Header Encoding").
// The low four bits are the format, the next three the base, the highest means indirection.
inline constexpr uint8_t kPointerFormat = 0x0f;
inline constexpr uint8_t kPointerPcRelative = 0x10;
inline constexpr uint8_t kPointerUnsigned32 = 0x03;
inline constexpr uint8_t kPointerOmitted = 0xff;

// A position in a table. The first read beyond the end, or of an invalid field, makes the reader
// fail: from then on it is at its end, and all reads return 0. So callers check once.
class TableReader {
 public:
  // `bytes` must outlive the reader, and be at the address to which its pointers are relative.
  explicit TableReader(base::ByteView bytes)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool failed() const { return failed_; }
  bool atEnd() const { return at_ == end_; }
  // Makes the reader fail.
  void fail() {
    failed_ = true;
    at_ = end_;
  }

  // Reads a number of a fixed size.
  template <class T>
  T fixed() {
    if (static_cast<size_t>(end_ - at_) < sizeof(T)) {
      fail();
      return 0;
    }
    auto value = base::loadUnaligned<T>(at_);
    at_ += sizeof(T);
    return value;
  }
  uint8_t byte() { return fixed<uint8_t>(); }
  // Read LEB128. More than 64 bits are invalid.
  uint64_t uleb();
  int64_t sleb();
  // Reads a string that ends with NUL.
  std::string_view string();
  // Reads a pointer. The encodings that compilers use for position-independent code and for
  // absolute addresses are valid, others are not. Returns 0 for null.
  uint64_t pointer(uint8_t encoding);
  // Reads `size` bytes, and returns a reader of them. If this reader fails, so does the result.
  TableReader take(uint64_t size);

 private:
  uint64_t leb(uint8_t& lastByte, unsigned& shift);

  const uint8_t* at_;
  const uint8_t* end_;
  bool failed_ = false;
};

}  // namespace runtime
