// The hash function BLAKE2b (RFC 7693) with a 256-bit digest and no key. It is collision-resistant,
// so that it can name content that others provide.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "runtime/base/bytes.h"

namespace base {

// The state of hashing one message. The message is added in pieces; how it is cut does not matter.
class Blake2b {
 public:
  static constexpr size_t kDigestSize = 32;  // bytes
  using Digest = std::array<uint8_t, kDigestSize>;

  Blake2b();
  // Appends bytes to the message.
  Blake2b& add(ByteView bytes);
  // Appends a field of a structured message: the size and then the bytes of a string, or 8 bytes in
  // little-endian order. Different sequences of fields of the same types are different messages.
  Blake2b& addField(std::string_view text);
  Blake2b& addField(uint64_t number);
  // Ends the message and returns its digest. The object must not be used afterwards.
  Digest digest();

 private:
  static constexpr size_t kBlockSize = 128;

  void compress(const uint8_t* block, bool last);

  std::array<uint64_t, 8> state_;
  std::array<uint8_t, kBlockSize> pending_;  // the bytes of the message not yet compressed
  size_t pendingSize_ = 0;
  uint64_t total_ = 0;  // bytes compressed; 2^64 is out of reach
};

// Returns the digest as 64 lower-case hexadecimal digits.
std::string hexText(const Blake2b::Digest& digest);

}  // namespace base
