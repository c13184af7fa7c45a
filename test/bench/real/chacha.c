// libsodium: ChaCha20-Poly1305, sealed and opened, in records as TLS has them.
#include <sodium/crypto_aead_chacha20poly1305.h>

#include "input.h"

enum { kRecord = 16 << 10, kRecords = 64, kTag = 16 };

int main(void) {
  uint8_t* noise = inputNoise(kRecord * kRecords, 11);
  uint8_t* sealed = benchAllocate(kRecord + kTag);
  uint8_t* opened = benchAllocate(kRecord);
  uint8_t nonce[12] = {0};
  uint32_t sum = 0;
  benchBegin();
  for (int i = 0; i < 40 * kRecords; ++i) {
    const uint8_t* record = noise + (size_t)(i % kRecords) * kRecord;
    unsigned long long size;
    memcpy(nonce, &i, sizeof i);
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed, &size, record, kRecord, nonce, 12, NULL,
                                              nonce, noise);
    sum = sum * 31 + sealed[kRecord];
    int ok = crypto_aead_chacha20poly1305_ietf_decrypt(opened, &size, NULL, sealed, size, nonce, 12,
                                                       nonce, noise);
    inputCheck(ok == 0 && opened[0] == record[0], "open");
  }
  benchEnd();
  printf("%08x\n", sum);
}
