#include "compiler/wasm/binary/cursor.h"

#include <fmt/format.h>

#include "compiler/wasm/diagnostic.h"
#include "runtime/base/utf8.h"

namespace wasm {

void Cursor::fail(uint32_t offset, std::string message) {
  if (!ok_) return;
  ok_ = false;
  failedAt_ = offset;
  message_ = std::move(message);
  // Ends all loops that read up to the end of the range.
  at_ = end_;
}

base::Result<void> Cursor::status(std::string_view fileName) const {
  if (ok_) return {};
  return errorAt(fileName, failedAt_, message_);
}

uint8_t Cursor::failAtEnd(std::string_view what) {
  fail(offset(), fmt::format("unexpected end, expected {}", what));
  return 0;
}

// A number of N bits takes at most ceil(N / 7) bytes (section 5.2.2). In the last of these, bits
// beyond N must be zero. Longer forms with redundant zero bytes within that length are allowed.
uint64_t Cursor::longUnsigned(uint32_t bits) {
  uint32_t start = offset();
  uint64_t value = 0;
  for (uint32_t shift = 0; shift < bits; shift += 7) {
    if (at_ == end_) return failAtEnd("an unsigned integer");
    uint8_t byte = *at_++;
    uint32_t left = bits - shift;
    if (left < 7 && (byte & 0x7f) >> left != 0) {
      // The specification's tests distinguish these two errors.
      bool tooLong = (byte & 0x80) != 0;
      fail(start, tooLong ? "integer representation too long" : "integer too large");
      return 0;
    }
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return value;
  }
  fail(start, "integer representation too long");
  return 0;
}

// The same for signed numbers, which are sign-extended to 64 bits.
int64_t Cursor::longSigned(uint32_t bits) {
  uint32_t start = offset();
  uint64_t value = 0;
  for (uint32_t shift = 0; shift < bits; shift += 7) {
    if (at_ == end_) return failAtEnd("a signed integer");
    uint8_t byte = *at_++;
    uint32_t left = bits - shift;
    if (left < 7) {
      // The last byte: the sign bit and all bits above it must be equal.
      uint8_t above = static_cast<uint8_t>(byte << 1) >> left;
      uint8_t allOnes = static_cast<uint8_t>(0xfe) >> left;
      if ((byte & 0x80) != 0 || (above != 0 && above != allOnes)) {
        bool tooLong = (byte & 0x80) != 0;
        fail(start, tooLong ? "integer representation too long" : "integer too large");
        return 0;
      }
    }
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) {
      uint32_t width = shift + 7;
      if (width < 64 && (byte & 0x40) != 0) value |= ~uint64_t{0} << width;
      return static_cast<int64_t>(value);
    }
  }
  fail(start, "integer representation too long");
  return 0;
}

base::ByteView Cursor::take(size_t size, std::string_view what) {
  if (remaining() < size) {
    fail(offset(), fmt::format("unexpected end: {} of {} bytes, but only {} are left", what, size,
                               remaining()));
    return {};
  }
  base::ByteView bytes(at_, size);
  at_ += size;
  return bytes;
}

std::string_view Cursor::name() {
  uint32_t size = u32();
  uint32_t start = offset();
  std::string_view name = base::asText(take(size, "a name"));
  if (base::isUtf8(name)) return name;
  fail(start, "malformed UTF-8 encoding");
  return {};
}

uint32_t Cursor::count(std::string_view what) {
  uint32_t start = offset();
  uint32_t count = u32();
  if (count > remaining()) {
    fail(start, fmt::format("length out of bounds: {} {}, but only {} bytes are left", count, what,
                            remaining()));
    return 0;
  }
  return count;
}

}  // namespace wasm
