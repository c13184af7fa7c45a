// libsodium: SHA-256 and SHA-512, of large and of small messages.
#include <sodium/crypto_hash_sha256.h>
#include <sodium/crypto_hash_sha512.h>

#include "input.h"

enum { kSize = 1 << 20 };

int main(void) {
  uint8_t* noise = inputNoise(kSize, 10);
  uint8_t hash[64] = {0};
  benchBegin();
  for (int times = 0; times < 40; ++times) {
    noise[times] ^= hash[times];
    crypto_hash_sha256(hash, noise, kSize);
    crypto_hash_sha512(hash, noise, kSize);
  }
  for (int times = 0; times < 100000; ++times) crypto_hash_sha256(hash, hash, 40);
  benchEnd();
  printf("%08x\n", inputHash(hash, sizeof hash));
}
