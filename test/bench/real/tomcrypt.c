// LibTomCrypt: AES in Galois/counter mode, SHA-3, and RSA with LibTomMath.
#include <tomcrypt.h>

#include "input.h"

enum { kSize = 1 << 18 };

static void encrypt(uint8_t* noise, uint8_t* tag) {
  int aes = find_cipher("aes");
  for (int i = 0; i < 6; ++i) {
    unsigned long size = 16;
    int ok = gcm_memory(aes, noise, 32, noise + 32, 12, NULL, 0, noise, kSize, noise, tag, &size,
                        GCM_ENCRYPT);
    inputCheck(ok == CRYPT_OK, "AES");
  }
}

static void hash(const uint8_t* noise, uint8_t* digest) {
  hash_state state;
  for (int i = 0; i < 30; ++i) {
    sha3_256_init(&state);
    sha3_process(&state, noise, kSize);
    sha3_done(&state, digest);
  }
}

// Powers modulo a number of 1024 bits, which is what RSA is made of.
static void power(const uint8_t* noise, uint8_t* bytes) {
  void *base, *exponent, *modulus;
  inputCheck(mp_init_multi(&base, &exponent, &modulus, NULL) == CRYPT_OK, "numbers");
  mp_read_unsigned_bin(base, (unsigned char*)noise, 100);
  mp_read_unsigned_bin(exponent, (unsigned char*)noise + 200, 128);
  mp_read_unsigned_bin(modulus, (unsigned char*)noise + 400, 128);
  mp_add_d(modulus, mp_isodd(modulus) ? 0 : 1, modulus);
  for (int i = 0; i < 20; ++i)
    inputCheck(mp_exptmod(base, exponent, modulus, base) == CRYPT_OK, "power");
  mp_to_unsigned_bin(base, bytes);
}

int main(void) {
  uint8_t* noise = inputNoise(kSize, 13);
  uint8_t results[256] = {0};
  register_cipher(&aes_desc);
  ltc_mp = ltm_desc;
  benchBegin();
  encrypt(noise, results);
  hash(noise, results + 16);
  power(noise, results + 64);
  benchEnd();
  printf("%08x\n", inputHash(results, sizeof results));
}
