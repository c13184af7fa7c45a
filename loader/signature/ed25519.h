// Signatures of the scheme Ed25519 (RFC 8032), by libsodium.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "runtime/base/bytes.h"

namespace loader {

// A public key, as RFC 8032 encodes it.
struct PublicKey {
  std::array<uint8_t, 32> bytes{};

  auto operator<=>(const PublicKey&) const = default;
};

// Returns the key in hexadecimal, by which messages call it.
std::string hexText(const PublicKey& key);

// A signature, as RFC 8032 encodes it.
using Signature = std::array<uint8_t, 64>;

// Returns whether `signature` is that of `message` by the owner of `key`. There is one encoding of
// a signature only: others, and keys for which anything is signed (of small order), are refused.
bool isSigned(const PublicKey& key, base::ByteView message, const Signature& signature);

// A private key, which is erased from memory when it is destroyed.
class PrivateKey {
 public:
  // The bytes from which both keys are derived.
  using Seed = std::array<uint8_t, 32>;

  explicit PrivateKey(const Seed& seed);
  PrivateKey(const PrivateKey&) = default;
  PrivateKey& operator=(const PrivateKey&) = default;
  ~PrivateKey();

  const PublicKey& publicKey() const { return public_; }
  // Returns the signature of `message`, which is always the same.
  Signature sign(base::ByteView message) const;

 private:
  std::array<uint8_t, 64> secret_;
  PublicKey public_;
};

}  // namespace loader
