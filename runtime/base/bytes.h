// Byte buffers and views, unaligned access to scalars, and LEB128.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace base {

static_assert(std::endian::native == std::endian::little, "wasm2obj runs on little-endian hosts");

using Bytes = std::vector<uint8_t>;
using ByteView = std::span<const uint8_t>;  // does not own the bytes

// Returns the T at `at`, which need not be aligned. All of its bytes must be readable.
template <class T>
T loadUnaligned(const void* at) {
  static_assert(std::is_trivially_copyable_v<T>);
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

// Writes the bytes of `value` to `at`, which need not be aligned.
template <class T>
void storeUnaligned(void* at, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  std::memcpy(at, &value, sizeof value);
}

// Append bytes, or the bytes of a string without a terminating NUL.
inline void append(Bytes& out, ByteView data) { out.insert(out.end(), data.begin(), data.end()); }
inline void append(Bytes& out, std::string_view text) {
  out.insert(out.end(), text.begin(), text.end());
}

// Appends an unsigned number in LEB128 as in the WebAssembly binary format (section 5.2.2), in the
// shortest form.
inline void appendUleb(Bytes& out, uint64_t value) {
  do {
    uint8_t byte = value & 0x7f;
    value >>= 7;
    out.push_back(value != 0 ? byte | 0x80 : byte);
  } while (value != 0);
}

// Appends a signed number in LEB128, in the shortest form.
inline void appendSleb(Bytes& out, int64_t value) {
  for (;;) {
    uint8_t byte = value & 0x7f;
    value >>= 7;
    bool done = (value == 0 && (byte & 0x40) == 0) || (value == -1 && (byte & 0x40) != 0);
    out.push_back(done ? byte : byte | 0x80);
    if (done) return;
  }
}

// Return a view of the same bytes as text. The owner must outlive it.
inline std::string_view asText(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Returns a view of the same text as bytes. The owner must outlive it.
inline ByteView asBytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace base
