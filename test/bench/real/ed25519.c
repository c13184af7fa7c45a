// libsodium: signatures made and checked, and keys agreed upon, with field elements of 32-bit
// limbs; with HAVE_TI_MODE, of 51-bit limbs, whose products have 128 bits.
#include <sodium/crypto_scalarmult_curve25519.h>
#include <sodium/crypto_sign_ed25519.h>

#include "input.h"

#ifndef ROUNDS
#define ROUNDS 600
#endif

int main(void) {
  uint8_t* noise = inputNoise(4096, 12);
  uint8_t key[32], secret[64], signature[64], shared[32];
  crypto_sign_ed25519_seed_keypair(key, secret, noise);
  uint32_t sum = 0;
  benchBegin();
  for (int i = 0; i < ROUNDS; ++i) {
    crypto_sign_ed25519_detached(signature, NULL, noise + i, 200, secret);
    int ok = crypto_sign_ed25519_verify_detached(signature, noise + i, 200, key);
    inputCheck(ok == 0, "verify");
    inputCheck(crypto_scalarmult_curve25519(shared, noise + i, noise + 1000) == 0, "agree");
    sum = sum * 31 + inputHash(signature, 64) + inputHash(shared, 32);
  }
  benchEnd();
  printf("%08x\n", sum);
}
