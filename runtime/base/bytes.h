// Little-endian scalars and growing byte buffers. No allocation but the vector's own.
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
using ByteView = std::span<const uint8_t>;

// Reads a T at `at`, which need not be aligned. The caller has checked the bounds.
template <class T>
T loadUnaligned(const void* at) {
  static_assert(std::is_trivially_copyable_v<T>);
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

// Writes the bytes of `value` to `at`, whatever its alignment.
template <class T>
void storeUnaligned(void* at, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  std::memcpy(at, &value, sizeof value);
}

// Append bytes, or the bytes of a text.
inline void append(Bytes& out, ByteView data) { out.insert(out.end(), data.begin(), data.end()); }
inline void append(Bytes& out, std::string_view text) {
  out.insert(out.end(), text.begin(), text.end());
}

// LEB128 as in the WebAssembly binary format (section 5.2.2), shortest form.
inline void appendUleb(Bytes& out, uint64_t value) {
  do {
    uint8_t byte = value & 0x7f;
    value >>= 7;
    out.push_back(value != 0 ? byte | 0x80 : byte);
  } while (value != 0);
}

// Appends a signed LEB128 number.
inline void appendSleb(Bytes& out, int64_t value) {
  for (;;) {
    uint8_t byte = value & 0x7f;
    value >>= 7;
    bool done = (value == 0 && (byte & 0x40) == 0) || (value == -1 && (byte & 0x40) != 0);
    out.push_back(done ? byte : byte | 0x80);
    if (done) return;
  }
}

// Return the same bytes, not owned.
inline std::string_view asText(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Likewise.
inline ByteView asBytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace base
