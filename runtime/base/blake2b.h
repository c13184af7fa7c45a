// BLAKE2b (RFC 7693) with a 256-bit digest and no key: a strong hash, for names that nobody may be
// able to collide with on purpose.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "runtime/base/bytes.h"

namespace base {

class Blake2b {
 public:
  static constexpr size_t kDigestSize = 32;
  using Digest = std::array<uint8_t, kDigestSize>;

  Blake2b();
  // Appends bytes to the message.
  Blake2b& add(ByteView bytes);
  // A string or number after its size, so that neighbours cannot flow into each other.
  Blake2b& addField(std::string_view text);
  Blake2b& addField(uint64_t number);
  // Ends the message; call once.
  Digest digest();

 private:
  static constexpr size_t kBlockSize = 128;

  void compress(const uint8_t* block, bool last);

  std::array<uint64_t, 8> state_;
  std::array<uint8_t, kBlockSize> pending_;
  size_t pendingSize_ = 0;
  uint64_t total_ = 0;  // bytes compressed; 2^64 is out of reach
};

// Lower-case hexadecimal.
std::string hexText(const Blake2b::Digest& digest);

}  // namespace base
