#include "loader/signature/ed25519.h"

#include <fmt/format.h>
#include <sodium/core.h>
#include <sodium/crypto_sign_ed25519.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

#include <cstdlib>

// libsodium's functions for memory refer to random numbers and, for wrong calls, to a file that
// chooses implementations of all its ciphers. These are 130 KB. Ed25519 calls neither function, so
// they are defined here, and the linker leaves out the files of the library that have them.
void randombytes_buf(void* const, const size_t) { std::abort(); }
void sodium_misuse() { std::abort(); }

namespace loader {

static_assert(sizeof(PublicKey::bytes) == crypto_sign_ed25519_PUBLICKEYBYTES);
static_assert(sizeof(Signature) == crypto_sign_ed25519_BYTES);
static_assert(sizeof(PrivateKey::Seed) == crypto_sign_ed25519_SEEDBYTES);

std::string hexText(const PublicKey& key) {
  std::string text;
  for (uint8_t byte : key.bytes) text += fmt::format("{:02x}", byte);
  return text;
}

bool isSigned(const PublicKey& key, base::ByteView message, const Signature& signature) {
  return crypto_sign_ed25519_verify_detached(signature.data(), message.data(), message.size(),
                                             key.bytes.data()) == 0;
}

PrivateKey::PrivateKey(const Seed& seed) {
  static_assert(sizeof secret_ == crypto_sign_ed25519_SECRETKEYBYTES);
  crypto_sign_ed25519_seed_keypair(public_.bytes.data(), secret_.data(), seed.data());
}

PrivateKey::~PrivateKey() { sodium_memzero(secret_.data(), secret_.size()); }

Signature PrivateKey::sign(base::ByteView message) const {
  Signature signature;
  crypto_sign_ed25519_detached(signature.data(), nullptr, message.data(), message.size(),
                               secret_.data());
  return signature;
}

}  // namespace loader
