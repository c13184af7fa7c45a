#include "runtime/base/blake2b.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace base {
namespace {

constexpr int kRounds = 12;

// The initialization vector of RFC 7693, section 2.6.
constexpr uint64_t kInitial[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                  0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                  0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

// The message schedule (section 2.7): the order in which each round uses the words of the block.
// Rounds 10 and 11 repeat 0 and 1.
constexpr uint8_t kSchedule[10][16] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                                       {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
                                       {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
                                       {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
                                       {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
                                       {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
                                       {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
                                       {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
                                       {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
                                       {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

inline void mix(uint64_t& a, uint64_t& b, uint64_t& c, uint64_t& d, uint64_t x, uint64_t y) {
  a += b + x;
  d = std::rotr(d ^ a, 32);
  c += d;
  b = std::rotr(b ^ c, 24);
  a += b + y;
  d = std::rotr(d ^ a, 16);
  c += d;
  b = std::rotr(b ^ c, 63);
}

// One round: it mixes the columns and then the diagonals of the 4x4 matrix of words.
template <int kRound>
inline void round(uint64_t (&v)[16], const uint64_t (&m)[16]) {
  constexpr const uint8_t(&s)[16] = kSchedule[kRound % 10];
  mix(v[0], v[4], v[8], v[12], m[s[0]], m[s[1]]);
  mix(v[1], v[5], v[9], v[13], m[s[2]], m[s[3]]);
  mix(v[2], v[6], v[10], v[14], m[s[4]], m[s[5]]);
  mix(v[3], v[7], v[11], v[15], m[s[6]], m[s[7]]);
  mix(v[0], v[5], v[10], v[15], m[s[8]], m[s[9]]);
  mix(v[1], v[6], v[11], v[12], m[s[10]], m[s[11]]);
  mix(v[2], v[7], v[8], v[13], m[s[12]], m[s[13]]);
  mix(v[3], v[4], v[9], v[14], m[s[14]], m[s[15]]);
}

template <int... kRound>
inline void allRounds(uint64_t (&v)[16], const uint64_t (&m)[16],
                      std::integer_sequence<int, kRound...>) {
  (round<kRound>(v, m), ...);
}

}  // namespace

Blake2b::Blake2b() {
  std::copy(std::begin(kInitial), std::end(kInitial), state_.begin());
  // The parameter block: digest size, no key, fan-out 1, depth 1.
  state_[0] ^= 0x01010000 ^ kDigestSize;
}

void Blake2b::compress(const uint8_t* block, bool last) {
  uint64_t m[16];
  std::memcpy(m, block, sizeof m);
  uint64_t v[16];
  std::copy(state_.begin(), state_.end(), v);
  std::copy(std::begin(kInitial), std::end(kInitial), v + 8);
  // The byte counter has 128 bits, of which the high half (v[13]) is always 0 here.
  v[12] ^= total_;
  if (last) v[14] = ~v[14];
  allRounds(v, m, std::make_integer_sequence<int, kRounds>());
  for (int i = 0; i < 8; ++i) state_[i] ^= v[i] ^ v[i + 8];
}

Blake2b& Blake2b::add(ByteView bytes) {
  // The last block is compressed by digest(), so a full one waits until more follows.
  while (!bytes.empty()) {
    if (pendingSize_ == kBlockSize) {
      total_ += kBlockSize;
      compress(pending_.data(), false);
      pendingSize_ = 0;
    }
    if (pendingSize_ == 0) {
      for (; bytes.size() > kBlockSize; bytes = bytes.subspan(kBlockSize)) {
        total_ += kBlockSize;
        compress(bytes.data(), false);
      }
    }
    size_t taken = std::min(bytes.size(), kBlockSize - pendingSize_);
    std::copy_n(bytes.begin(), taken, pending_.begin() + pendingSize_);
    pendingSize_ += taken;
    bytes = bytes.subspan(taken);
  }
  return *this;
}

Blake2b& Blake2b::addField(std::string_view text) {
  addField(text.size());
  return add({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

Blake2b& Blake2b::addField(uint64_t number) {
  uint8_t bytes[sizeof number];
  storeUnaligned(bytes, number);
  return add(bytes);
}

Blake2b::Digest Blake2b::digest() {
  total_ += pendingSize_;
  std::fill(pending_.begin() + pendingSize_, pending_.end(), 0);
  compress(pending_.data(), true);
  Digest digest;
  std::memcpy(digest.data(), state_.data(), digest.size());
  return digest;
}

std::string hexText(const Blake2b::Digest& digest) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (uint8_t byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace base
